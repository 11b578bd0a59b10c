using Microsoft.AspNetCore.Builder;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// Server with OpenAI's API, and Azure's form of it, over real HTTP on the loopback address. It returns scripted answers, injects faults
/// and records requests. Every setting can change while it runs.
/// </summary>
public sealed class OpenAiStandIn : RecordingStandIn<OpenAiRequest, OpenAiFault>
{
    private static readonly Func<OpenAiRequest, string> Echo =
        request => $"You said: {request.Prompt}\n\nI am a stand-in for a language model: I repeat what I am told.";

    private static readonly Func<OpenAiRequest, string> Example =
        request => SchemaExample.Of(request.Member("response_format", "json_schema", "schema"));

    /// <summary>Value for <c>OpenAI:BaseUrl</c> and <c>LocalLlm:BaseUrl</c>; it ends in <c>/v1</c>.</summary>
    public Uri BaseUrl => new(Root, "v1");

    /// <summary>
    /// Models that <c>GET /models</c> lists. Jarvis's default local model is among them, so only the address needs to be set.
    /// </summary>
    public IReadOnlyList<string> Models { get; set; } = ["stand-in", "qwen2.5:3b-instruct"];

    /// <summary>True to reject an unlisted model with 404.</summary>
    public bool RefusesUnknownModels { get; set; }

    /// <summary>API key; if it is set, a request with another key is rejected with 401 and an error that quotes the received key.</summary>
    public string? ApiKey { get; set; }

    /// <summary>True to process one completion at a time, as Ollama does on a small machine.</summary>
    public bool SingleSlot { get; set; }

    /// <summary>Delay of each chunk of every answer.</summary>
    public TimeSpan TokenDelay { get; set; }

    /// <summary>Answer in a chat.</summary>
    public Func<OpenAiRequest, string> Answer { get; set; } = Echo;

    /// <summary>Answer to a request for JSON of a schema, which only memory extraction sends.</summary>
    public Func<OpenAiRequest, string> Extraction { get; set; } = Example;

    /// <summary>Synonyms for the embeddings, such as "parrot" and "bird"; other words are similar only by their letters.</summary>
    public IReadOnlyList<string[]> Synonyms { get; set; } = [];

    /// <summary>Default number of dimensions of the embeddings.</summary>
    public int Dimensions { get; set; } = 384;

    public IReadOnlyList<OpenAiRequest> Chats => [.. Requests.Where(IsAwaited)];

    public IReadOnlyList<OpenAiRequest> Extractions => [.. Requests.Where(request => request.IsExtraction)];

    public IReadOnlyList<OpenAiRequest> Embeddings => [.. Requests.Where(request => request.IsEmbedding)];

    internal SemaphoreSlim Slot { get; } = new(1);

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="everywhere">True to accept requests from other machines.</param>
    public static Task<OpenAiStandIn> StartAsync(int port = 0, bool everywhere = false) => StartAsync(new OpenAiStandIn(), port, everywhere);

    public override void Reset()
    {
        base.Reset();
        (Answer, Extraction, TokenDelay, SingleSlot, ApiKey) = (Echo, Example, TimeSpan.Zero, false, null);
        (RefusesUnknownModels, Synonyms, Dimensions) = (false, [], 384);
    }

    protected override void Map(WebApplication app) => OpenAiEndpoints.Map(app, this);

    protected override bool HasFaults(OpenAiRequest request) => request.IsChat;

    /// <summary>True for chats that are not extractions.</summary>
    protected override bool IsAwaited(OpenAiRequest request) => request is { IsChat: true, IsExtraction: false };

    protected override string Describe(OpenAiRequest request) => $"{request.Method} {request.Path} {request.Body}";

    protected override void DisposeResources() => Slot.Dispose();
}
