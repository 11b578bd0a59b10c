using System.Globalization;
using System.Text.Json;
using Jarvis.Testing;
using Jarvis.Testing.Services;
using Jarvis.Testing.StandIns;

namespace Jarvis.Server.Tests.BugReports;

/// <summary>Reports over real processes: whatever dies on the way, each arrives, and arrives once.</summary>
public sealed class ExactlyOnceTests(RealServices services) : IAsyncLifetime
{
    private static readonly (string Key, string Value)[] Impatient =
        [("BugReports:Lease", "00:00:06"), ("BugReports:RetryDelay", "00:00:01"), ("BugReports:LongestRetryDelay", "00:00:02")];

    private AzureBoardsStandIn boards = null!;
    private JarvisServer server = null!;

    public async ValueTask InitializeAsync()
    {
        boards = await AzureBoardsStandIn.StartAsync();
        server = await JarvisServer.StartAsync(services, [.. boards.Settings, .. Impatient]);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await boards.DisposeAsync();
    }

    [Fact]
    public async Task What_was_reported_while_Azure_was_away_and_everything_was_started_anew_arrives_once()
    {
        var port = boards.Port;
        await boards.DisposeAsync();
        var web = await server.StartedAsync(JarvisProgram.Web);
        var worker = (await StartWorkersAsync(1))[0];
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        await ReportAsync(person, "While Azure was away");
        await Eventually.IsTrueAsync(async () => await WaitingAsync("failure_code IS NOT NULL") == 1, "it was tried in vain");
        await worker.KillAsync();
        await web.KillAsync();
        await server.Redis.RestartAsync(empty: true);
        await server.Postgres.RestartAsync();
        boards = await AzureBoardsStandIn.StartAsync(port);
        await server.StartedAsync(JarvisProgram.Web);
        await StartWorkersAsync(2);

        await AllSentAsync();
        boards.WorkItems.Should().ContainSingle().Which.Title.Should().Be("While Azure was away");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_that_dies_between_Azures_answer_and_its_own_note_leaves_nothing_twice(bool isAnswered)
    {
        var web = await server.StartedAsync(JarvisProgram.Web);
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        boards.Misbehave(HttpFault.Silence with { AfterDoing = isAnswered }, AzureBoardsStandIn.Makes);
        var worker = (await StartWorkersAsync(1))[0];
        await ReportAsync(person, "Half way");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.Requests.Any(AzureBoardsStandIn.Makes)), "Azure has been asked");

        await worker.KillAsync();
        boards.Behave();
        await StartWorkersAsync(2);

        await AllSentAsync();
        boards.WorkItems.Should().ContainSingle();
        boards.Requests.Count(AzureBoardsStandIn.Makes).Should().Be(isAnswered ? 1 : 2);
    }

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_notes_nothing_over_what_another_has_noted()
    {
        var web = await server.StartedAsync(JarvisProgram.Web);
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        boards.Misbehave(HttpFault.Slow(TimeSpan.FromSeconds(2)) with { AfterDoing = true, Status = 500 }, AzureBoardsStandIn.Makes, times: 1);
        var sleeper = (await StartWorkersAsync(1))[0];
        await ReportAsync(person, "Slept");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.WorkItems.Count == 1), "Azure has made it");
        await sleeper.PauseAsync();

        await StartWorkersAsync(1);
        await AllSentAsync();
        await sleeper.ResumeAsync();
        await ReportAsync(person, "Afterwards");
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.WorkItems.Count == 2), "what comes after is sent");

        await AllSentAsync();
        boards.WorkItems.Select(item => item.Title).Should().Equal("Slept", "Afterwards");
        (await server.SqlAsync("SELECT status, work_item_id FROM bug_reports WHERE title = 'Slept'")).Trim().Should().Be("sent|1");
    }

    [Fact]
    public async Task Three_workers_at_once_send_each_report_once_whatever_Azure_answers()
    {
        const int Reports = 30;
        var web = await server.StartedAsync(JarvisProgram.Web);
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        await StartWorkersAsync(3);
        boards.Misbehave(HttpFault.WithStatus(500) with { AfterDoing = true }, AzureBoardsStandIn.Makes, times: 5);
        boards.Misbehave(HttpFault.CutOff with { AfterDoing = true }, AzureBoardsStandIn.Makes, times: 5);
        boards.Misbehave(HttpFault.TooManyRequests(TimeSpan.FromSeconds(1)), times: 5);

        for (var number = 0; number < Reports; number++)
        {
            await ReportAsync(person, string.Create(CultureInfo.InvariantCulture, $"Number {number}"));
        }

        await AllSentAsync();
        boards.WorkItems.Select(item => item.Title).Should().OnlyHaveUniqueItems().And.HaveCount(Reports);
    }

    private static Task<JsonElement> ReportAsync(JarvisClient person, string title) =>
        person.SendAsync(HttpMethod.Post, "/bug-reports", new { title, description = "It breaks.", severity = "low" });

    private async Task<JarvisProcess[]> StartWorkersAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => server.StartedAsync(JarvisProgram.Worker)));

    private Task<int> WaitingAsync(string condition) => server.CountAsync($"SELECT count(*) FROM bug_reports WHERE status <> 'sent' AND {condition}");

    private Task AllSentAsync() => Eventually.IsTrueAsync(async () => await WaitingAsync("true") == 0, "every report is sent", TimeSpan.FromSeconds(60));
}
