namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// One way in which the stand-in goes wrong. The properties combine: <c>OpenAiFault.SlowTokens(x) with { FinishReason = "length" }</c>.
/// </summary>
public sealed record OpenAiFault
{
    /// <summary>Answers with this status and OpenAI's error body.</summary>
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Which member of the request the error body blames.</summary>
    public string? Parameter { get; init; }

    /// <summary>Answers 200 with this body, whatever was asked.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Takes the request and never answers, not even with a status line.</summary>
    public bool Silent { get; init; }

    public TimeSpan FirstTokenDelay { get; init; }

    public TimeSpan TokenDelay { get; init; }

    /// <summary>How many pieces are sent before <see cref="Ending"/>; null for all.</summary>
    public int? Pieces { get; init; }

    public StreamEnding Ending { get; init; }

    public string FinishReason { get; init; } = "stop";

    /// <summary>What <c>usage</c> reports instead of what was counted, as a server does that cut the prompt.</summary>
    public int? PromptTokens { get; init; }

    public static OpenAiFault None { get; } = new();

    /// <summary>200 with something that is neither JSON nor an event stream.</summary>
    public static OpenAiFault Garbage { get; } = new() { Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    /// <summary>A stream whose events are no JSON.</summary>
    public static OpenAiFault GarbageStream { get; } = new() { Body = ("text/event-stream", "data: {oh no\n\ndata: <<<>>>\n\n") };

    /// <summary>200 with a page, as a proxy's sign-in does.</summary>
    public static OpenAiFault HtmlPage { get; } =
        new() { Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static OpenAiFault Silence { get; } = new() { Silent = true };

    public static OpenAiFault Unauthorized { get; } = WithStatus(401);

    public static OpenAiFault ServerError { get; } = WithStatus(500);

    public static OpenAiFault WithStatus(int status) => new() { Status = status };

    public static OpenAiFault RateLimited(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static OpenAiFault SlowFirstToken(TimeSpan delay) => new() { FirstTokenDelay = delay };

    public static OpenAiFault SlowTokens(TimeSpan delay) => new() { TokenDelay = delay };

    /// <summary>The connection is closed after that many pieces, in the middle of the response.</summary>
    public static OpenAiFault CutAfter(int pieces) => new() { Pieces = pieces, Ending = StreamEnding.Cut };

    /// <summary>The response ends in good order after that many pieces, without <c>finish_reason</c> and <c>[DONE]</c>.</summary>
    public static OpenAiFault EndsAfter(int pieces) => new() { Pieces = pieces, Ending = StreamEnding.NoFinish };

    /// <summary>After that many pieces nothing follows, and the connection stays open.</summary>
    public static OpenAiFault SilentAfter(int pieces) => new() { Pieces = pieces, Ending = StreamEnding.Silence };

    /// <summary>The whole answer with another <c>finish_reason</c>: <c>length</c>, <c>content_filter</c>.</summary>
    public static OpenAiFault Finishing(string reason) => new() { FinishReason = reason };
}
