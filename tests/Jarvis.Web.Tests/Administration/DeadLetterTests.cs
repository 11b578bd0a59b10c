using System.Net;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Jarvis.Web.Tests.Administration;

/// <summary>Dead-lettered jobs that the administrator retries or deletes.</summary>
public sealed partial class DeadLetterTests : IAsyncLifetime
{
    private const string Good = """{"summary": "A dog.", "memories": [{"kind": "fact", "content": "My dog is called Reksio", "salience": 0.5, "turn": 1, "supersedes": null}]}""";

    private OpenAiStandIn model = null!;
    private JarvisHost host = null!;
    private JarvisClient administrator = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        model = await OpenAiStandIn.StartAsync();
        host = await JarvisHost.StartAsync(
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("LocalLlm:Model", "stand-in"), ("Memory:Extractor", "Llm"), ("Memory:MaxAttempts", "1"),
            ("Memory:SweepInterval", "00:00:01"));
        administrator = await JarvisClient.RegisterAsync(host);
        person = await JarvisClient.RegisterAsync(host);
        model.Extraction = _ => "I'm sorry, I can't help with that.";
    }

    public async ValueTask DisposeAsync()
    {
        administrator.Dispose();
        person.Dispose();
        await host.DisposeAsync();
        await model.DisposeAsync();
    }

    [Fact]
    public async Task Dead_letter_is_shown_with_reason_and_without_message_text()
    {
        await DeadLetterAsync("My dog is called Reksio.");

        var page = await AdminPage.ReadAsync(administrator);

        page.Should().Contain("notes couldn't be used").And.Contain(person.Username).And.Contain("1 message waiting").And.Contain("1 attempt");
        page.Should().NotContain("Reksio");
    }

    [Fact]
    public async Task Retried_dead_letter_is_processed()
    {
        var conversation = await DeadLetterAsync("My dog is called Reksio.");
        model.Extraction = _ => Good;

        var location = await PostAsync("Retry", FindDeadLetterId(await AdminPage.ReadAsync(administrator)));

        location.Should().Be("/admin?done=Retry#dead");
        await person.WaitForMemoryAsync(conversation);
        (await person.MemoriesAsync()).Should().ContainSingle();
        (await AdminPage.ReadAsync(administrator)).Should().Contain("None. When Jarvis");
    }

    [Fact]
    public async Task All_dead_letters_can_be_retried_at_once()
    {
        var conversations = new[] { await DeadLetterAsync("My dog is called Reksio."), await DeadLetterAsync("My dog is called Reksio, I said.") };
        model.Extraction = _ => Good;

        var location = await PostAsync("RetryAll", letter: null);

        location.Should().Be("/admin?done=RetryAll#dead");
        foreach (var conversation in conversations)
        {
            await person.WaitForMemoryAsync(conversation);
        }
    }

    [Fact]
    public async Task Discarded_turns_are_skipped_and_later_messages_are_processed()
    {
        var conversation = await DeadLetterAsync("My cat is called Filemon.");

        var location = await PostAsync("Drop", FindDeadLetterId(await AdminPage.ReadAsync(administrator)));

        location.Should().Be("/admin?done=Drop#dead");
        var extractionsBefore = model.Extractions.Count;
        await person.WaitForMemoryAsync(conversation);
        model.Extraction = _ => Good;
        await person.AskAsync("My dog is called Reksio.", conversation);
        await person.WaitForMemoryAsync(conversation);
        model.Extractions.Skip(extractionsBefore).Should().NotBeEmpty().And.OnlyContain(request => !request.ToString()!.Contains("Filemon"));
        (await person.MemoriesAsync()).Should().ContainSingle().Which.Text("content").Should().Contain("Reksio");
        (await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my cat called?" })).ToString().Should().Contain("Filemon");
    }

    [Fact]
    public async Task Invalid_job_can_only_be_discarded()
    {
        const string Junk = """{"not": "a <job>"}""";
        var redis = (IConnectionMultiplexer)host.Services.GetService(typeof(IConnectionMultiplexer))!;
        await redis.GetDatabase().ListLeftPushAsync("jarvis:memory:jobs", Junk);
        var page = await JarvisClient.UntilAsync(() => AdminPage.ReadAsync(administrator), page => page.Contains("This isn't a memory job."));

        var retried = await ExpectRejectedAsync("Retry", Junk);
        await PostAsync("Drop", Junk);

        page.Should().Contain("""value="{"not": "a <job>"}">""");
        retried.Should().Contain("you can only delete it");
        (await AdminPage.ReadAsync(administrator)).Should().Contain("None. When Jarvis");
    }

    [Theory]
    [InlineData("Retry")]
    [InlineData("Drop")]
    public async Task Missing_dead_letter_is_reported(string action)
    {
        await DeadLetterAsync("My dog is called Reksio.");

        (await ExpectRejectedAsync(action, $"{Guid.NewGuid()}:{Guid.NewGuid()}")).Should().Contain("is no longer among the failed ones");
    }

    [Fact]
    public async Task Dead_letters_are_accessible_only_to_the_administrator()
    {
        await DeadLetterAsync("My dog is called Reksio.");
        var letter = FindDeadLetterId(await AdminPage.ReadAsync(administrator));

        person.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await person.Http.GetAsync("/admin");
        using var dropped = await person.Http.PostAsync("/admin?handler=Drop", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["letter"] = letter,
            ["__RequestVerificationToken"] = person.CsrfToken,
        }));
        var text = await page.Content.ReadAsStringAsync();

        page.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        text.Should().Contain("have access").And.NotContain("system-openai");
        dropped.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        FindDeadLetterId(await AdminPage.ReadAsync(administrator)).Should().Be(letter);
        (await person.Http.GetStringAsync("/")).Should().NotContain("href=\"/admin\"");
        (await administrator.Http.GetStringAsync("/")).Should().Contain("href=\"/admin\"");
    }

    private async Task<Guid> DeadLetterAsync(string message)
    {
        var conversation = (await person.AskAsync(message)).Id("conversationId");
        await JarvisClient.UntilAsync(() => person.GetAsync($"/memory/status?conversationId={conversation}"), status => status.Text("state") == "failed");

        return conversation;
    }

    private async Task<string> PostAsync(string handler, string? letter)
    {
        using var response = await administrator.PostFormAsync($"/admin?handler={handler}", letter is null ? [] : new() { ["letter"] = letter });
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);

        return response.Headers.Location!.ToString();
    }

    private async Task<string> ExpectRejectedAsync(string handler, string letter)
    {
        using var response = await administrator.PostFormAsync($"/admin?handler={handler}", new() { ["letter"] = letter });

        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    private static string FindDeadLetterId(string page) => Letter.Match(page).Groups[1].Value;

    [GeneratedRegex("""name="letter" value="([0-9a-f:-]{73})""")]
    private static partial Regex Letter { get; }
}
