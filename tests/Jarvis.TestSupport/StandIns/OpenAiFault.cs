namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of the OpenAI stand-in: <c>OpenAiFault.SlowTokens(x) with { FinishReason = "length" }</c>.</summary>
public sealed record OpenAiFault : StandInFault<OpenAiFault>
{
    /// <summary>Request member that the error body names.</summary>
    public string? Parameter { get; init; }

    public TimeSpan FirstTokenDelay { get; init; }

    public TimeSpan TokenDelay { get; init; }

    /// <summary>Number of chunks before <see cref="Ending"/>; null for all.</summary>
    public int? Chunks { get; init; }

    public StreamEnding Ending { get; init; }

    public string FinishReason { get; init; } = "stop";

    /// <summary>Prompt tokens in <c>usage</c> instead of the counted ones, as a server reports that truncates the prompt.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Stream whose events are not JSON.</summary>
    public static OpenAiFault GarbageStream { get; } = new() { Body = ("text/event-stream", "data: {oh no\n\ndata: <<<>>>\n\n") };

    public static OpenAiFault Unauthorized { get; } = WithStatus(401);

    public static OpenAiFault SlowFirstToken(TimeSpan delay) => new() { FirstTokenDelay = delay };

    public static OpenAiFault SlowTokens(TimeSpan delay) => new() { TokenDelay = delay };

    /// <summary>Closes the connection in the middle of the response after this many chunks.</summary>
    public static OpenAiFault CutAfter(int chunks) => new() { Chunks = chunks, Ending = StreamEnding.Cut };

    /// <summary>Ends the response normally after this many chunks, without <c>finish_reason</c> and <c>[DONE]</c>.</summary>
    public static OpenAiFault EndsAfter(int chunks) => new() { Chunks = chunks, Ending = StreamEnding.NoFinish };

    /// <summary>Sends nothing after this many chunks and keeps the connection open.</summary>
    public static OpenAiFault SilentAfter(int chunks) => new() { Chunks = chunks, Ending = StreamEnding.Silence };

    /// <summary>Sends the complete answer with another <c>finish_reason</c>: <c>length</c>, <c>content_filter</c>.</summary>
    public static OpenAiFault Finishing(string reason) => new() { FinishReason = reason };
}
