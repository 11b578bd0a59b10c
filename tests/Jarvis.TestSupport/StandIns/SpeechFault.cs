namespace Jarvis.TestSupport.StandIns;

/// <summary>One way in which the stand-in for a speech server goes wrong. The properties combine.</summary>
public sealed record SpeechFault
{
    /// <summary>Answers with this status and FastAPI's error body.</summary>
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Answers 200 with this body, whatever was asked.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Takes the request and never answers.</summary>
    public bool Silent { get; init; }

    /// <summary>Before the headers.</summary>
    public TimeSpan FirstByteDelay { get; init; }

    public TimeSpan PieceDelay { get; init; }

    /// <summary>After so many bytes the connection is closed in the middle of the response; 0 is right after the headers.</summary>
    public int? CutAfter { get; init; }

    /// <summary>After so many bytes nothing follows, and the connection stays open.</summary>
    public int? SilentAfter { get; init; }

    /// <summary>The sound comes again and again.</summary>
    public bool Endless { get; init; }

    public static SpeechFault None { get; } = new();

    public static SpeechFault ServerError { get; } = WithStatus(500);

    public static SpeechFault Silence { get; } = new() { Silent = true };

    public static SpeechFault NeverEnding { get; } = new() { Endless = true };

    /// <summary>A page, as a proxy's sign-in shows it.</summary>
    public static SpeechFault HtmlPage { get; } = new() { Body = ("text/html", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    /// <summary>The same page, called a sound.</summary>
    public static SpeechFault HtmlAsAudio { get; } = new() { Body = ("audio/mpeg", "<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>") };

    public static SpeechFault NoSound { get; } = new() { Body = ("audio/mpeg", "") };

    public static SpeechFault WithStatus(int status) => new() { Status = status };

    public static SpeechFault RateLimited(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    public static SpeechFault Slow(TimeSpan firstByte) => new() { FirstByteDelay = firstByte };

    /// <summary>What was sent before has a moment to arrive: a connection that breaks takes with it what was not read yet.</summary>
    public static SpeechFault Cut(int afterBytes = 2_000) => new() { CutAfter = afterBytes, PieceDelay = TimeSpan.FromMilliseconds(200) };

    public static SpeechFault StallsAfter(int afterBytes = 2_000) => new() { SilentAfter = afterBytes };
}
