using System.Text.Json;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

/// <summary>Provides an extractor with a stand-in for its model, and the answers of that model.</summary>
public abstract class LlmExtractorTestBase : IAsyncLifetime
{
    private protected const string Nothing = """{"summary": "Small talk.", "memories": []}""";
    private protected OpenAiStandIn standIn = null!;
    private protected ExtractorFixture extractors = null!;

    public async ValueTask InitializeAsync()
    {
        standIn = await OpenAiStandIn.StartAsync();
        extractors = new ExtractorFixture(standIn.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await extractors.DisposeAsync();
        await standIn.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static string Notes(params object[] notes) => JsonSerializer.Serialize(new { summary = "They talked.", memories = notes });

    private protected static object Note(string content, string kind = "fact", double salience = 0.5, int turn = 1, int? supersedes = null) =>
        new { kind, content, salience, turn, supersedes };
}
