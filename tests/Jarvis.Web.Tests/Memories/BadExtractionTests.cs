using System.Net;

namespace Jarvis.Web.Tests.Memories;

/// <summary>Local model whose extractions are unusable: the page must not claim that memory works.</summary>
public sealed class BadExtractionTests(ModelHostFixture fixture) : IClassFixture<ModelHostFixture>, IAsyncLifetime
{
    private const string Good = """{"summary": "A dog.", "memories": [{"kind": "fact", "content": "My dog is called Reksio", "salience": 0.5, "turn": 1, "supersedes": null}]}""";

    private OpenAiStandIn model = null!;
    private JarvisHost host = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        (model, host) = await fixture.StartAsync(model =>
        [
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("LocalLlm:Model", "stand-in"), ("Memory:Extractor", "Llm"), ("Memory:MaxAttempts", "2"),
            ("Memory:RetryDelay", "00:00:00.100"),
        ]);
        person = await JarvisClient.RegisterAsync(host);
        await JarvisClient.UntilAsync(() => person.GetAsync("/models"), models => models.ToString().Contains("\"available\":true,\"local\":true") && models.ToString().Contains("stand-in"));
    }

    public ValueTask DisposeAsync()
    {
        person.Dispose();

        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("half", "memory.truncated")]
    [InlineData("fewer tokens than were sent", "memory.truncated")]
    [InlineData("10 MB", "memory.extraction_too_long")]
    [InlineData("refusal", "memory.bad_extraction")]
    [InlineData("empty", "memory.bad_extraction")]
    [InlineData("thoughts without end", "memory.bad_extraction")]
    public async Task Invalid_extraction_is_retried_then_fails_with_code_and_no_memories(string answer, string code)
    {
        (OpenAiFault fault, string text) = answer switch
        {
            "half" => (OpenAiFault.Finishing("length"), Good[..^30]),
            "fewer tokens than were sent" => (OpenAiFault.None with { PromptTokens = 50 }, Good),
            "10 MB" => (OpenAiFault.None, new string(' ', 10 * 1024 * 1024) + Good),
            "refusal" => (OpenAiFault.None, "I'm sorry, I can't help with that."),
            "empty" => (OpenAiFault.None, ""),
            _ => (OpenAiFault.None, "<think>The person has a dog. " + Good[..20]),
        };
        model.AddFault(fault, request => request.IsExtraction);
        model.Extraction = _ => text;

        var first = await person.AskAsync("My dog is called Reksio.");

        var status = await StatusAsync(first.Id("conversationId"), "failed");
        status.GetProperty("turnsBehind").GetInt32().Should().Be(1);
        status.Text("lastErrorCode").Should().Be(code);
        model.Extractions.Should().HaveCountGreaterThan(1);
        (await person.MemoriesAsync()).Should().BeEmpty();

        model.ClearFaults();
        model.Extraction = _ => $"<think>Now I can.</think>\n```json\n{Good}\n```";
        using var retried = await person.RawAsync(HttpMethod.Post, "/memory/retry", new { conversationId = first.Id("conversationId") });
        retried.StatusCode.Should().BeOneOf(HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.OK);
        await StatusAsync(first.Id("conversationId"), "idle");
        (await person.MemoriesAsync()).Should().ContainSingle().Which.Text("content").Should().Be("My dog is called Reksio");
    }

    [Fact]
    public async Task Notes_in_another_language_are_not_stored()
    {
        model.Extraction = _ => Good.Replace("My dog is called Reksio", "Der Hund des Benutzers heißt Reksio", StringComparison.Ordinal);

        var first = await person.AskAsync("My dog is called Reksio.");

        await person.WaitForMemoryAsync(first.Id("conversationId"));
        (await person.MemoriesAsync()).Should().BeEmpty();
    }

    private Task<System.Text.Json.JsonElement> StatusAsync(Guid conversation, string state) => JarvisClient.UntilAsync(
        () => person.GetAsync($"/memory/status?conversationId={conversation}"),
        status => status.Text("state") == state);
}
