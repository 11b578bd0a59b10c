using System.Globalization;
using System.Text.Json;

namespace Jarvis.Server.Tests.BugReports;

/// <summary>Bug reports over real processes: each report arrives exactly once, whichever process is killed.</summary>
public sealed class ExactlyOnceTests(RealServices services) : IAsyncLifetime
{
    private static readonly (string Key, string Value)[] ShortDelays =
        [("BugReports:Lease", "00:00:06"), ("BugReports:RetryDelay", "00:00:01"), ("BugReports:MaxRetryDelay", "00:00:02")];

    private AzureBoardsStandIn boards = null!;
    private JarvisServer server = null!;

    public async ValueTask InitializeAsync()
    {
        boards = await AzureBoardsStandIn.StartAsync();
        server = await JarvisServer.StartAsync(services, [.. boards.Settings, .. ShortDelays]);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await boards.DisposeAsync();
    }

    [Fact]
    public async Task Report_written_during_Azure_outage_arrives_once_after_restarts()
    {
        var port = boards.Port;
        await boards.DisposeAsync();
        var web = await server.StartAndWaitAsync(JarvisProgram.Web);
        var worker = (await StartWorkersAsync(1))[0];
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        await ReportAsync(person, "During the Azure outage");
        await Eventually.IsTrueAsync(async () => await CountUnsentAsync("failure_code IS NOT NULL") == 1, "at least one attempt has failed");
        await worker.KillAsync();
        await web.KillAsync();
        await server.Redis.RestartAsync(empty: true);
        await server.Postgres.RestartAsync();
        boards = await AzureBoardsStandIn.StartAsync(port);
        await server.HostAsync(JarvisProgram.Web);
        await StartWorkersAsync(2);

        await WaitUntilAllSentAsync();
        boards.WorkItems.Should().ContainSingle().Which.Title.Should().Be("During the Azure outage");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Worker_killed_while_sending_creates_no_duplicate_work_item(bool isAnswered)
    {
        using var person = await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));
        boards.AddFault(HttpFault.Silence with { AfterEffect = isAnswered }, AzureBoardsStandIn.IsCreation);
        var worker = (await StartWorkersAsync(1))[0];
        await ReportAsync(person, "Half way");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.Requests.Any(AzureBoardsStandIn.IsCreation)), "Azure received the request");

        await worker.KillAsync();
        boards.ClearFaults();
        await StartWorkersAsync(2);

        await WaitUntilAllSentAsync();
        boards.WorkItems.Should().ContainSingle();
        boards.Requests.Count(AzureBoardsStandIn.IsCreation).Should().Be(isAnswered ? 1 : 2);
    }

    [Fact]
    public async Task Worker_with_expired_lease_does_not_overwrite_another_workers_result()
    {
        using var person = await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));
        boards.AddFault(HttpFault.Slow(TimeSpan.FromSeconds(2)) with { AfterEffect = true, Status = 500 }, AzureBoardsStandIn.IsCreation, times: 1);
        var pausedWorker = (await StartWorkersAsync(1))[0];
        await ReportAsync(person, "Slept");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.WorkItems.Count == 1), "Azure created the work item");
        await pausedWorker.PauseAsync();

        await StartWorkersAsync(1);
        await WaitUntilAllSentAsync();
        await pausedWorker.ResumeAsync();
        await ReportAsync(person, "Afterwards");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.WorkItems.Count == 2), "the next report is sent");

        await WaitUntilAllSentAsync();
        boards.WorkItems.Select(item => item.Title).Should().Equal("Slept", "Afterwards");
        (await server.SqlAsync("SELECT status, work_item_id FROM bug_reports WHERE title = 'Slept'")).Trim().Should().Be("sent|1");
    }

    [Fact]
    public async Task Three_workers_send_each_report_once_despite_Azure_errors()
    {
        const int Reports = 30;
        using var person = await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));
        await StartWorkersAsync(3);
        boards.AddFault(HttpFault.WithStatus(500) with { AfterEffect = true }, AzureBoardsStandIn.IsCreation, times: 5);
        boards.AddFault(HttpFault.CutOff with { AfterEffect = true }, AzureBoardsStandIn.IsCreation, times: 5);
        boards.AddFault(HttpFault.RateLimited(TimeSpan.FromSeconds(1)), times: 5);

        for (var number = 0; number < Reports; number++)
        {
            await ReportAsync(person, string.Create(CultureInfo.InvariantCulture, $"Number {number}"));
        }

        await WaitUntilAllSentAsync();
        boards.WorkItems.Select(item => item.Title).Should().OnlyHaveUniqueItems().And.HaveCount(Reports);
    }

    private static Task<JsonElement> ReportAsync(JarvisClient person, string title) =>
        person.SendAsync(HttpMethod.Post, "/bug-reports", new { title, description = "It breaks.", severity = "low" });

    private async Task<JarvisProcess[]> StartWorkersAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => server.StartAndWaitAsync(JarvisProgram.Worker)));

    private Task<int> CountUnsentAsync(string condition) => server.CountAsync($"SELECT count(*) FROM bug_reports WHERE status <> 'sent' AND {condition}");

    private Task WaitUntilAllSentAsync() => Eventually.IsTrueAsync(async () => await CountUnsentAsync("true") == 0, "every report is sent", TimeSpan.FromSeconds(60));
}
