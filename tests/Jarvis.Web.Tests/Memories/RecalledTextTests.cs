using System.Text.Json;

namespace Jarvis.Web.Tests.Memories;

/// <summary>An assistant that learned from its own recalled text would fill memory with it; these models provoke that.</summary>
public sealed class RecalledTextTests : IAsyncLifetime
{
    private const int Rounds = 50;

    private static readonly string[] Facts =
    [
        "My dog is called Reksio.", "I live in Bern.", "Lubię kawę.", "My favourite colour is green.", "I moved to Perth.", "My favourite colour is blue.",
    ];

    private static readonly string[] Questions =
    [
        "What is my dog called?", "Where do I live?", "What do I like?", "What is my favourite colour?", "Jak nazywa się mój pies?",
        "Gdzie mieszkam?", "Co lubię?", "What do you know about me?", "Where did I live before Perth?", "Is my favourite colour green?",
    ];

    private OpenAiStandIn model = null!;

    public async ValueTask InitializeAsync()
    {
        model = await OpenAiStandIn.StartAsync();

        // Repeats the memories of its prompt at the end, the part of an answer that extraction reads.
        model.Answer = request => request.SystemText[^Math.Min(350, request.SystemText.Length)..];
        model.Extraction = ContextOf;
    }

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Theory]
    [InlineData("Heuristic")]
    [InlineData("Llm")]
    public async Task Recalled_text_never_becomes_a_new_memory(string extractor)
    {
        await using var host = await JarvisHost.StartAsync(
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("LocalLlm:Model", "stand-in"), ("Memory:Extractor", extractor));
        using var person = await JarvisClient.RegisterAsync(host);
        await JarvisClient.UntilAsync(() => person.GetAsync("/models"), models => models.ToString().Contains("\"available\":true,\"local\":true") && models.ToString().Contains("stand-in"));
        foreach (var fact in Facts)
        {
            await person.WaitForMemoryAsync((await person.AskAsync(fact)).Id("conversationId"));
        }

        var before = await ContentsAsync(person);
        before.Should().HaveCount(Facts.Length);

        var recalled = 0;
        Guid? conversation = null;
        for (var round = 0; round < Rounds; round++)
        {
            // Occasionally starts another chat, which knows the earlier ones only through memory.
            var answer = await person.AskAsync(Questions[round % Questions.Length], round % 10 == 0 ? null : conversation);
            conversation = answer.Id("conversationId");
            recalled += answer.Items("memories").Length;
            await person.WaitForMemoryAsync(conversation.Value);
        }

        recalled.Should().BeGreaterThan(Rounds / 2, "most answers repeat memories");
        (await ContentsAsync(person)).Should().Equal(before);
    }

    private static async Task<string[]> ContentsAsync(JarvisClient person) =>
        [.. (await person.MemoriesAsync()).Select(item => $"{item.Text("content")} {item.GetProperty("validTo")}").Order(StringComparer.Ordinal)];

    private static string ContextOf(OpenAiRequest request)
    {
        var document = JsonDocument.Parse(request.Prompt).RootElement;
        var texts = document.Items("turns").SelectMany(turn => new[] { turn.Text("person_said"), turn.Text("jarvis_said_context") })
            .Concat(document.Items("known").Select(known => known.Text("content")))
            .Append(document.Text("summary_so_far"));
        var sentences = texts.SelectMany(text => text.Split(['\n', '.'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .Take(30);

        return JsonSerializer.Serialize(new
        {
            summary = document.Text("summary_so_far"),
            memories = sentences.Select(text => new { kind = "fact", content = text, salience = 0.5, turn = 1, supersedes = Ended(document, text) }),
        });
    }

    // A model behaves like this: the latest answer replaces earlier ones.
    private static int? Ended(JsonElement document, string text)
    {
        var known = document.Items("known").Select(item => item.Text("content")).ToList();
        var before = text.Contains("Perth", StringComparison.Ordinal) ? "I live in Bern" : text.Contains("blue", StringComparison.Ordinal) ? "My favourite colour is green" : "";

        return known.IndexOf(before) is >= 0 and var index ? index + 1 : null;
    }
}
