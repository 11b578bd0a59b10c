using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Jarvis.Web.Tests.BugReports;

public sealed partial class BugReportPageTests(BugTrackerFixture jarvis) : IClassFixture<BugTrackerFixture>, IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[2_000_000]];

    private readonly string title = "Title " + Guid.NewGuid();
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync() => person = await JarvisClient.RegisterAsync(jarvis.Host);

    public ValueTask DisposeAsync()
    {
        person.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Form_without_scripts_sends_a_report_with_unchanged_attachment()
    {
        using var answer = await SendAsync(person, picture: Png);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var id = (await person.GetAsync("/bug-reports")).Items().Single().Text("id");
        await BugTrackerFixture.WaitUntilSentAsync(person, id);
        var item = jarvis.Boards.WorkItems.Single(item => item.Title == title);
        item.Attachments.Should().ContainSingle().Which.Should().Equal(Png);
        (await person.Http.GetStringAsync("/bug-report")).Should().Contain($"/_workitems/edit/{item.Id}");
    }

    [Fact]
    public async Task Trace_id_of_the_report_page_reaches_the_tracker()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var answer = await SendAsync(person, trace: Trace);

        await BugTrackerFixture.WaitUntilSentAsync(person, (await person.GetAsync("/bug-reports")).Items().Single().Text("id"));

        jarvis.Boards.WorkItems.Single(item => item.Title == title).Fields["Microsoft.VSTS.TCM.SystemInfo"].Should().Contain(Trace);
    }

    [Fact]
    public async Task Form_keeps_its_input_when_the_attachment_is_invalid()
    {
        using var answer = await SendAsync(person, picture: "GIF89a and more"u8.ToArray());

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.Should().Contain(title).And.Contain("I press “Send”").And.Contain("PNG, JPEG or WebP");
        page.Should().MatchRegex("<option value=\"High\" selected");
        (await person.GetAsync("/bug-reports")).Items().Should().BeEmpty();
    }

    [Fact]
    public async Task Oversized_attachment_is_rejected_with_a_message()
    {
        using var answer = await SendAsync(person, picture: [.. Png, .. new byte[4_000_000]]);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(title).And.Contain("up to 5 MB");
    }

    [Fact]
    public async Task Form_keeps_its_input_when_the_report_limit_is_reached()
    {
        await using var host = await JarvisHost.StartAsync(("RateLimits:BugReports:Permits", "1"), ("RateLimits:BugReports:Per", "01:00:00"));
        using var limitedUser = await JarvisClient.RegisterAsync(host);
        await BugTrackerFixture.ReportAsync(limitedUser, "The first");

        using var page = await SendAsync(limitedUser);
        using var call = await limitedUser.RawAsync(HttpMethod.Post, "/bug-reports", new { title, description = "Again", severity = "low" });

        page.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        page.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).Should().Contain(title).And.Contain("I press “Send”").And.Contain("You sent too many reports");
        call.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await call.Content.ReadAsStringAsync()).Should().Contain("limit.bug_reports");
        (await limitedUser.GetAsync("/bug-reports")).Items().Should().ContainSingle();
    }

    [Fact]
    public async Task Report_is_kept_without_a_tracker_and_sent_once_one_is_configured()
    {
        await using var host = await JarvisHost.StartAsync();
        using var early = await JarvisClient.RegisterAsync(host);
        using var stored = await SendAsync(early);
        var before = await early.Http.GetStringAsync("/bug-report");

        await host.RestartAsync([.. jarvis.Boards.Settings]);
        using var later = await JarvisClient.SignInAsync(host, early.Username);
        var report = (await later.GetAsync("/bug-reports")).Items().Single();
        await BugTrackerFixture.WaitUntilSentAsync(later, report.Text("id"));

        before.Should().Contain("saved, will be sent once a tracker is set up");
        jarvis.Boards.WorkItems.Should().ContainSingle(item => item.Title == title);
    }

    [Fact]
    public async Task Reports_of_another_user_are_hidden()
    {
        using var other = await JarvisClient.RegisterAsync(jarvis.Host);
        var id = await BugTrackerFixture.ReportAsync(other, title);

        using var retried = await person.RawAsync(HttpMethod.Post, $"/bug-reports/{id}/retry");

        retried.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await person.GetAsync("/bug-reports")).Items().Should().BeEmpty();
        (await person.Http.GetStringAsync("/bug-report")).Should().NotContain(title);
    }

    [Theory]
    [InlineData("", "It breaks", "low", "title")]
    [InlineData("It breaks", " ", "low", "description")]
    [InlineData("It breaks", "Always", "awful", "severity")]
    [InlineData("It breaks", "Always", "1", "severity")]
    public async Task Invalid_report_is_rejected_naming_the_field(string heading, string description, string severity, string field)
    {
        using var refused = await person.RawAsync(HttpMethod.Post, "/bug-reports", new { title = heading, description, severity });

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).Should().Contain($"\"errors\":{{\"{field}\"");
    }

    [Fact]
    public async Task Reports_are_listed_in_pages_newest_first()
    {
        for (var number = 1; number <= 31; number++)
        {
            await BugTrackerFixture.ReportAsync(person, $"Number {number}");
        }

        var first = await person.GetAsync("/bug-reports");
        var second = await person.GetAsync("/bug-reports?page=2");

        first.Items().Should().HaveCount(30);
        first.Items()[0].Text("title").Should().Be("Number 31");
        second.Items().Should().ContainSingle().Which.Text("title").Should().Be("Number 1");
        (await person.Http.GetStringAsync("/bug-report?page=2")).Should().Contain("Number 1<").And.NotContain("Number 31");
    }

    private async Task<HttpResponseMessage> SendAsync(JarvisClient client, byte[]? picture = null, string? trace = null)
    {
        var page = await client.Http.GetStringAsync($"/bug-report?trace={trace}");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(WebUtility.HtmlDecode(FormToken.Match(page).Groups[1].Value)), "__RequestVerificationToken" },
            { new StringContent(Trace.Match(page).Groups[1].Value), "Trace" },
            { new StringContent(title), "Title" },
            { new StringContent("I press “Send”"), "Description" },
            { new StringContent("High"), "Severity" },
        };
        if (picture is not null)
        {
            var file = new ByteArrayContent(picture);
            file.Headers.ContentType = new MediaTypeHeaderValue("text/html");
            form.Add(file, "Picture", "../../harmless.html");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/bug-report") { Content = form };
        request.Headers.Accept.ParseAdd("text/html");

        return await client.Http.SendAsync(request);
    }

    [GeneratedRegex("""action="/bug-report" enctype[^>]*>\s*<input name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex FormToken { get; }

    [GeneratedRegex("""name="Trace" value="([^"]*)""")]
    private static partial Regex Trace { get; }
}
