namespace Jarvis.TestSupport;

/// <summary>
/// Tests and benchmarks do in a second what people do in a day, all from one address, so the limits are as high as they can
/// be; each call is counted all the same. A test of a limit sets its own.
/// </summary>
internal static class RelaxedRateLimits
{
    private static readonly string[] Names = ["Chat", "Speech", "SignInPerAddress", "SignInPerAccount", "Registration", "BugReports", "AccessToken"];

    public static IEnumerable<(string Key, string Value)> Settings { get; } =
        [.. Names.SelectMany(name => new[] { ($"RateLimits:{name}:Permits", "1000000"), ($"RateLimits:{name}:Per", "00:00:01") })];
}
