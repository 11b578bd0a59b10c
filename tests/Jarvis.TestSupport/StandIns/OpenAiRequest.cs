using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Request that the OpenAI stand-in received.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Body">JSON body; undefined if the request had no body or the body was not JSON.</param>
public sealed record OpenAiRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    JsonElement Body,
    DateTimeOffset ReceivedAt)
{
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsChat => Path.Contains("/chat/completions", StringComparison.Ordinal);

    public bool IsEmbedding => Path.Contains("/embeddings", StringComparison.Ordinal);

    /// <summary>Texts to embed.</summary>
    public IReadOnlyList<string> Inputs => Member("input") switch
    {
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(one => one.ToString())],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        _ => [],
    };

    /// <summary>True if the request asks for JSON of a schema; only memory extraction does that.</summary>
    public bool IsExtraction => IsChat && Text("response_format", "type") == "json_schema";

    public bool IsStreamed => Member("stream").ValueKind == JsonValueKind.True;

    public bool WantsUsage => Member("stream_options", "include_usage").ValueKind == JsonValueKind.True;

    /// <summary>Model named in the body, or the deployment in Azure's path.</summary>
    public string Model => Text("model") ?? Path.Split('/') switch
    {
        [_, "openai", "deployments", var deployment, ..] => Uri.UnescapeDataString(deployment),
        _ => "",
    };

    public IReadOnlyList<(string Role, string Text)> Messages => Member("messages") is { ValueKind: JsonValueKind.Array } messages
        ? [.. messages.EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content"))))]
        : [];

    public string SystemText => string.Join('\n', Messages.Where(message => message.Role is "system" or "developer").Select(message => message.Text));

    /// <summary>Last message of the user.</summary>
    public string Prompt => Messages.LastOrDefault(message => message.Role == "user").Text ?? "";

    /// <summary>Completes with the response; true if the caller disconnected before the response was complete.</summary>
    public Task<bool> Ended => ended.Task;

    internal void End(bool aborted) => ended.TrySetResult(aborted);

    public string? Text(params ReadOnlySpan<string> path) => Member(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public JsonElement Member(params ReadOnlySpan<string> path)
    {
        var element = Body;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : "")),
        _ => "",
    };
}
