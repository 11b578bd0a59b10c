namespace Jarvis.Web.Tests.Memories;

[Trait("Engine", "both")]
public sealed class EmbeddingTests : IAsyncLifetime
{
    private OpenAiStandIn server = null!;
    private JarvisHost host = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await OpenAiStandIn.StartAsync();
        host = await JarvisHost.StartAsync(
            ("Memory:Embeddings:BaseUrl", server.BaseUrl.ToString()), ("Memory:Embeddings:Model", "stand-in"), ("Memory:Extractor", "Heuristic"));
        person = await JarvisClient.RegisterAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Turns_and_memories_are_embedded_in_the_background()
    {
        var first = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(first.Id("conversationId"));
        var learned = (await person.MemoriesAsync()).Single().Text("content");

        await server.WaitForAsync(when: request => request.Inputs.Any(text => text.StartsWith("My dog is called Reksio\n", StringComparison.Ordinal)));
        await server.WaitForAsync(when: request => request.Inputs.Contains(learned));
    }

    [Fact]
    public async Task Question_in_other_words_finds_the_memory()
    {
        server.Synonyms = [["parrot", "bird"]];
        var first = await person.AskAsync("My parrot is called Kiki");
        await person.WaitForMemoryAsync(first.Id("conversationId"));

        var found = await JarvisClient.UntilAsync(
            () => person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "Which bird of mine?" }),
            answer => answer.Items().Length > 0);

        found.Items()[0].Text("content").Should().Contain("My parrot is called Kiki");
    }

    [Fact]
    public async Task Unresponsive_embedding_server_does_not_prevent_answers()
    {
        server.AddFault(OpenAiFault.Silence, request => request.IsEmbedding);
        var first = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(first.Id("conversationId"));

        var answer = await person.AskAsync("What is my dog called?");

        answer.Text("response").Should().Contain("Reksio");
    }
}
