namespace Jarvis.TestSupport.StandIns;

/// <summary>One way in which the stand-in for Discord goes wrong.</summary>
public sealed record DiscordFault
{
    public int? Status { get; init; }

    /// <summary>In seconds, as Discord's body has it; null where the body does not say.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>In the header; null where there is none.</summary>
    public string? RetryAfterHeader { get; init; }

    public bool Global { get; init; }

    /// <summary>Discord's own number for what is wrong.</summary>
    public int Code { get; init; }

    /// <summary>Answers 200 with this body, whatever was asked.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Takes the request and never answers.</summary>
    public bool Silent { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Does what was asked, and then the answer is lost.</summary>
    public bool CutsAfterwards { get; init; }

    public static DiscordFault ServerError { get; } = new() { Status = 500 };

    public static DiscordFault Garbage { get; } = new() { Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    public static DiscordFault HtmlPage { get; } = new() { Body = ("text/html", "<!doctype html><title>Just a moment</title>") };

    public static DiscordFault Silence { get; } = new() { Silent = true };

    public static DiscordFault Cut { get; } = new() { CutsAfterwards = true };

    public static DiscordFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>As Discord says it: in the body and in the header.</summary>
    public static DiscordFault RateLimited(double seconds) => new()
    {
        Status = 429,
        RetryAfter = seconds,
        RetryAfterHeader = Math.Ceiling(seconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>As what stands before Discord says it: a page, and no word of when.</summary>
    public static DiscordFault RateLimitedWithoutBody { get; } = new() { Status = 429 };
}
