namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of the Discord stand-in.</summary>
public sealed record DiscordFault
{
    public int? Status { get; init; }

    /// <summary>Retry delay in seconds in the body; null if the body has none.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Retry delay in the header; null if the response has no such header.</summary>
    public string? RetryAfterHeader { get; init; }

    public bool Global { get; init; }

    /// <summary>Error code of Discord.</summary>
    public int Code { get; init; }

    /// <summary>Body of a 200 response to any request.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>Accepts the request and never responds.</summary>
    public bool Silent { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Executes the request and then loses the response.</summary>
    public bool CutsAfterwards { get; init; }

    public static DiscordFault ServerError { get; } = new() { Status = 500 };

    public static DiscordFault Garbage { get; } = new() { Body = ("application/json", "\u0001\u0002 this is {not JSON") };

    public static DiscordFault HtmlPage { get; } = new() { Body = ("text/html", "<!doctype html><title>Just a moment</title>") };

    public static DiscordFault Silence { get; } = new() { Silent = true };

    public static DiscordFault Cut { get; } = new() { CutsAfterwards = true };

    public static DiscordFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>Rate limit as Discord reports it: in the body and in the header.</summary>
    public static DiscordFault RateLimited(double seconds) => new()
    {
        Status = 429,
        RetryAfter = seconds,
        RetryAfterHeader = Math.Ceiling(seconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Rate limit as a proxy before Discord reports it: an HTML page without a retry delay.</summary>
    public static DiscordFault RateLimitedWithoutBody { get; } = new() { Status = 429 };
}
