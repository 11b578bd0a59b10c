using System.Diagnostics;

namespace Jarvis.Web.Tests.BugReports;

public sealed class BugReportSendingTests(BugTrackerFixture jarvis) : IClassFixture<BugTrackerFixture>, IAsyncLifetime
{
    private readonly string title = "Title " + Guid.NewGuid();
    private JarvisClient person = null!;

    public static TheoryData<string, HttpFault> Faults => new()
    {
        { "error", HttpFault.WithStatus(500) },
        { "unavailable", HttpFault.WithStatus(503) },
        { "busy", HttpFault.RateLimited() },
        { "busy for a second", HttpFault.RateLimited(TimeSpan.FromSeconds(1)) },
        { "silent", HttpFault.Silence },
        { "cut off", HttpFault.CutOff },
        { "garbage", HttpFault.Garbage },
        { "a page", HttpFault.HtmlPage },
    };

    private IEnumerable<AzureWorkItem> CreatedItems => jarvis.Boards.WorkItems.Where(item => item.Title == title);

    public async ValueTask InitializeAsync() => person = await JarvisClient.RegisterAsync(jarvis.Host);

    public ValueTask DisposeAsync()
    {
        jarvis.Boards.ClearFaults();
        person.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Report_becomes_a_work_item_and_shows_its_link()
    {
        var id = await BugTrackerFixture.ReportAsync(person, title, "1. Open <script>\n2. Press “x” & wait", "high");

        var sent = await BugTrackerFixture.WaitUntilSentAsync(person, id);

        var item = CreatedItems.Should().ContainSingle().Subject;
        item.Type.Should().Be("Bug");
        item.Fields["Microsoft.VSTS.TCM.ReproSteps"].Should().Be("<div>1. Open &lt;script&gt;<br>2. Press “x” &amp; wait</div>");
        item.Fields["Microsoft.VSTS.Common.Severity"].Should().Be("2 - High");
        item.Fields["Microsoft.VSTS.TCM.SystemInfo"].Should().MatchRegex("Jarvis [0-9]+[.].*<br>Trace [0-9a-f]{32}");
        item.Tags.Should().Equal("Jarvis", "jarvis-" + id.Replace("-", "", StringComparison.Ordinal));
        sent.Text("workItemUrl").Should().Be($"{jarvis.Boards.BaseUrl}contoso/Home%20Jarvis/_workitems/edit/{item.Id}");
        sent.GetProperty("lastError").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Failed_report_is_sent_when_the_tracker_recovers(string name, HttpFault fault)
    {
        jarvis.Boards.AddFault(fault);
        var id = await BugTrackerFixture.ReportAsync(person, title, name);
        var waiting = await BugTrackerFixture.UntilAsync(person, id, report => report.GetProperty("lastError").ValueKind == System.Text.Json.JsonValueKind.Object);
        jarvis.Boards.ClearFaults();

        await BugTrackerFixture.WaitUntilSentAsync(person, id);

        waiting.Text("status").Should().Be("queued");
        CreatedItems.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Report_with_a_lost_response_is_not_sent_twice(string name, HttpFault fault)
    {
        jarvis.Boards.AddFault(fault with { AfterEffect = true }, AzureBoardsStandIn.IsCreation, times: 1);
        var id = await BugTrackerFixture.ReportAsync(person, title, name);

        await BugTrackerFixture.WaitUntilSentAsync(person, id);

        CreatedItems.Should().ContainSingle();
    }

    [Fact]
    public async Task Tracker_is_not_called_again_before_its_retry_after_has_passed()
    {
        var pause = TimeSpan.FromSeconds(3);
        jarvis.Boards.AddFault(HttpFault.RateLimited(pause), times: 1);
        var id = await BugTrackerFixture.ReportAsync(person, title);
        await BugTrackerFixture.UntilAsync(person, id, report => report.GetProperty("lastError").ValueKind == System.Text.Json.JsonValueKind.Object);
        var started = Stopwatch.GetTimestamp();
        var requestsBefore = jarvis.Boards.Requests.Count;

        await JarvisClient.UntilAsync(() => Task.FromResult(jarvis.Boards.Requests.Count), count => count > requestsBefore);

        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(pause - TimeSpan.FromSeconds(1));
        await BugTrackerFixture.WaitUntilSentAsync(person, id);
    }

    [Fact]
    public async Task Rejected_report_shows_the_reason_and_is_sent_on_manual_retry()
    {
        var refusal = new HttpFault { Status = 400, Body = ("application/json", """{"message":"TF401320: Rule Error for field Area."}""") };
        jarvis.Boards.AddFault(refusal);
        var id = await BugTrackerFixture.ReportAsync(person, title);
        var refused = await BugTrackerFixture.UntilAsync(person, id, report => report.Text("status") == "refused");
        jarvis.Boards.ClearFaults();

        await person.SendAsync(HttpMethod.Post, $"/bug-reports/{id}/retry");
        await BugTrackerFixture.WaitUntilSentAsync(person, id);

        refused.GetProperty("lastError").Text("code").Should().Be("bugs.tracker_refused");
        refused.GetProperty("lastError").Text("detail").Should().Contain("TF401320");
        CreatedItems.Should().ContainSingle();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(203)]
    [InlineData(302)]
    [InlineData(403)]
    public async Task Rejected_token_error_names_the_setting_and_hides_the_token(int status)
    {
        jarvis.Boards.AddFault(HttpFault.WithStatus(status));
        var id = await BugTrackerFixture.ReportAsync(person, title);

        var refused = await BugTrackerFixture.UntilAsync(person, id, report => report.Text("status") == "refused");

        refused.GetProperty("lastError").Text("detail").Should().Contain("AzureBoards:PersonalAccessToken").And.NotContain(Secrets.AzureBoardsToken);
        CreatedItems.Should().BeEmpty();
    }

    [Fact]
    public async Task Pasted_secrets_are_redacted_in_the_work_item()
    {
        var id = await BugTrackerFixture.ReportAsync(person, title, $"Authorization: Bearer {Secrets.PastedToken}\nHost=db;Password={Secrets.PastedPassword};Database=jarvis");

        await BugTrackerFixture.WaitUntilSentAsync(person, id);

        var steps = CreatedItems.Single().Fields["Microsoft.VSTS.TCM.ReproSteps"];
        steps.Should().NotContain(Secrets.PastedToken).And.NotContain(Secrets.PastedPassword).And.Contain("[removed]").And.Contain("Database=jarvis");
    }
}
