using System.Diagnostics;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.BugReports;

public sealed class SendingTests(TrackedJarvis jarvis) : IClassFixture<TrackedJarvis>, IAsyncLifetime
{
    private readonly string title = "Title " + Guid.NewGuid();
    private JarvisClient person = null!;

    public static TheoryData<string, HttpFault> Faults => new()
    {
        { "error", HttpFault.WithStatus(500) },
        { "away", HttpFault.WithStatus(503) },
        { "busy", HttpFault.TooManyRequests() },
        { "busy for a second", HttpFault.TooManyRequests(TimeSpan.FromSeconds(1)) },
        { "silent", HttpFault.Silence },
        { "cut off", HttpFault.CutOff },
        { "garbage", HttpFault.Garbage },
        { "a page", HttpFault.HtmlPage },
    };

    private IEnumerable<AzureWorkItem> Filed => jarvis.Boards.WorkItems.Where(item => item.Title == title);

    public async ValueTask InitializeAsync() => person = await JarvisClient.RegisterAsync(jarvis.Host);

    public ValueTask DisposeAsync()
    {
        jarvis.Boards.Behave();
        person.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_report_becomes_a_work_item_and_the_person_sees_which()
    {
        var id = await TrackedJarvis.ReportAsync(person, title, "1. Open <script>\n2. Press “x” & wait", "high");

        var sent = await TrackedJarvis.SentAsync(person, id);

        var item = Filed.Should().ContainSingle().Subject;
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
    public async Task A_report_that_could_not_be_sent_is_sent_once_the_tracker_is_well(string name, HttpFault fault)
    {
        jarvis.Boards.Misbehave(fault);
        var id = await TrackedJarvis.ReportAsync(person, title, name);
        var waiting = await TrackedJarvis.UntilAsync(person, id, report => report.GetProperty("lastError").ValueKind == System.Text.Json.JsonValueKind.Object);
        jarvis.Boards.Behave();

        await TrackedJarvis.SentAsync(person, id);

        waiting.Text("status").Should().Be("queued");
        Filed.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_report_whose_answer_was_lost_is_not_sent_twice(string name, HttpFault fault)
    {
        jarvis.Boards.Misbehave(fault with { AfterDoing = true }, AzureBoardsStandIn.Makes, times: 1);
        var id = await TrackedJarvis.ReportAsync(person, title, name);

        await TrackedJarvis.SentAsync(person, id);

        Filed.Should().ContainSingle();
    }

    [Fact]
    public async Task A_tracker_that_says_when_to_come_back_is_left_alone_until_then()
    {
        var pause = TimeSpan.FromSeconds(3);
        jarvis.Boards.Misbehave(HttpFault.TooManyRequests(pause), times: 1);
        var id = await TrackedJarvis.ReportAsync(person, title);
        await TrackedJarvis.UntilAsync(person, id, report => report.GetProperty("lastError").ValueKind == System.Text.Json.JsonValueKind.Object);
        var began = Stopwatch.GetTimestamp();
        var asked = jarvis.Boards.Requests.Count;

        await JarvisClient.UntilAsync(() => Task.FromResult(jarvis.Boards.Requests.Count), count => count > asked);

        Stopwatch.GetElapsedTime(began).Should().BeGreaterThan(pause - TimeSpan.FromSeconds(1));
        await TrackedJarvis.SentAsync(person, id);
    }

    [Fact]
    public async Task What_the_tracker_refuses_is_told_with_its_reason_and_sent_when_the_person_says_so()
    {
        var refusal = new HttpFault { Status = 400, Body = ("application/json", """{"message":"TF401320: Rule Error for field Area."}""") };
        jarvis.Boards.Misbehave(refusal);
        var id = await TrackedJarvis.ReportAsync(person, title);
        var refused = await TrackedJarvis.UntilAsync(person, id, report => report.Text("status") == "refused");
        jarvis.Boards.Behave();

        await person.SendAsync(HttpMethod.Post, $"/bug-reports/{id}/retry");
        await TrackedJarvis.SentAsync(person, id);

        refused.GetProperty("lastError").Text("code").Should().Be("bugs.tracker_refused");
        refused.GetProperty("lastError").Text("detail").Should().Contain("TF401320");
        Filed.Should().ContainSingle();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(203)]
    [InlineData(302)]
    [InlineData(403)]
    public async Task A_token_that_is_not_accepted_is_told_and_not_repeated(int status)
    {
        jarvis.Boards.Misbehave(HttpFault.WithStatus(status));
        var id = await TrackedJarvis.ReportAsync(person, title);

        var refused = await TrackedJarvis.UntilAsync(person, id, report => report.Text("status") == "refused");

        refused.GetProperty("lastError").Text("detail").Should().Contain("AzureBoards:PersonalAccessToken").And.NotContain(Secrets.AzureBoardsToken);
        Filed.Should().BeEmpty();
    }

    [Fact]
    public async Task Secrets_that_were_pasted_reach_neither_the_database_nor_the_tracker()
    {
        var id = await TrackedJarvis.ReportAsync(person, title, $"Authorization: Bearer {Secrets.PastedToken}\nHost=db;Password={Secrets.PastedPassword};Database=jarvis");

        await TrackedJarvis.SentAsync(person, id);

        var steps = Filed.Single().Fields["Microsoft.VSTS.TCM.ReproSteps"];
        steps.Should().NotContain(Secrets.PastedToken).And.NotContain(Secrets.PastedPassword).And.Contain("[removed]").And.Contain("Database=jarvis");
    }
}
