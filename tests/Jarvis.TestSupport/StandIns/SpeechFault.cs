namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of the speech stand-in. The properties combine.</summary>
public sealed record SpeechFault
{
    /// <summary>Status of the response, with FastAPI's error body.</summary>
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Body of a 200 response to any request.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Accepts the request and never responds.</summary>
    public bool Silent { get; init; }

    /// <summary>Delay before the headers.</summary>
    public TimeSpan FirstByteDelay { get; init; }

    public TimeSpan ChunkDelay { get; init; }

    /// <summary>
    /// Number of bytes after which the connection is closed in the middle of the response; 0 closes it right after the headers.
    /// </summary>
    public int? CutAfter { get; init; }

    /// <summary>Number of bytes after which nothing follows while the connection stays open.</summary>
    public int? SilentAfter { get; init; }

    /// <summary>Repeats the audio endlessly.</summary>
    public bool Endless { get; init; }

    public static SpeechFault None { get; } = new();

    public static SpeechFault ServerError { get; } = WithStatus(500);

    public static SpeechFault Silence { get; } = new() { Silent = true };

    public static SpeechFault NeverEnding { get; } = new() { Endless = true };

    /// <summary>Response with an HTML page, as a proxy's sign-in page.</summary>
    public static SpeechFault HtmlPage { get; } = new() { Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    /// <summary>The same page with an audio content type.</summary>
    public static SpeechFault HtmlAsAudio { get; } = new() { Body = ("audio/mpeg", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static SpeechFault NoAudio { get; } = new() { Body = ("audio/mpeg", "") };

    public static SpeechFault WithStatus(int status) => new() { Status = status };

    public static SpeechFault RateLimited(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static SpeechFault Slow(TimeSpan firstByte) => new() { FirstByteDelay = firstByte };

    /// <summary>Gives sent bytes time to arrive: an aborted connection drops what the caller has not read yet.</summary>
    public static SpeechFault Cut(int afterBytes = 2_000) => new() { CutAfter = afterBytes, ChunkDelay = TimeSpan.FromMilliseconds(200) };

    public static SpeechFault StallsAfter(int afterBytes = 2_000) => new() { SilentAfter = afterBytes };
}
