using System.Globalization;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Fault of the Discord stand-in; the body has the retry delay as well.</summary>
public sealed record DiscordFault : StandInFault<DiscordFault>
{
    /// <summary>Retry delay in the header, if it differs from the one in the body.</summary>
    public string? RetryAfterHeader { get; init; }

    public bool Global { get; init; }

    /// <summary>Error code of Discord.</summary>
    public int Code { get; init; }

    /// <summary>Executes the request and then loses the response.</summary>
    public bool CutsAfterwards { get; init; }

    public static DiscordFault Cut { get; } = new() { CutsAfterwards = true };

    /// <summary>Rate limit as a proxy before Discord reports it: an HTML page without a retry delay.</summary>
    public static DiscordFault RateLimitedWithoutBody { get; } = WithStatus(429);

    /// <summary>Rate limit as Discord reports it: in the body and in the header.</summary>
    public static DiscordFault RateLimited(double seconds) =>
        RateLimited(TimeSpan.FromSeconds(seconds)) with { RetryAfterHeader = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture) };
}
