namespace Jarvis.TestSupport;

/// <summary>
/// Sets the rate limits to their maximum: tests and benchmarks send as much in a second as users in a day, all from one address. Calls are
/// still counted. A test of a limit sets its own.
/// </summary>
internal static class RelaxedRateLimits
{
    private static readonly string[] Names = ["Chat", "Speech", "SignInPerAddress", "SignInPerAccount", "Registration", "BugReports", "AccessToken"];

    public static IEnumerable<(string Key, string Value)> Settings { get; } =
        [.. Names.SelectMany(name => new[] { ($"RateLimits:{name}:Permits", "1000000"), ($"RateLimits:{name}:Per", "00:00:01") })];
}
