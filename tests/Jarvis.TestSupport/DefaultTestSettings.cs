namespace Jarvis.TestSupport;

/// <summary>
/// Settings of every Jarvis that a test or a benchmark starts, unless it sets its own. The rate limits have their maximum, because
/// tests send in a second what people send in a day, all from one address. Calls are still counted.
/// </summary>
internal static class DefaultTestSettings
{
    // A port without a listener: a test must not use the machine's own Ollama.
    private static readonly (string Key, string Value) NoLocalModel = ("LocalLlm:BaseUrl", "http://127.0.0.1:9/v1");

    private static readonly string[] Limits = ["Chat", "Speech", "SignInPerAddress", "SignInPerAccount", "Registration", "BugReports", "AccessToken"];

    public static IEnumerable<(string Key, string Value)> All { get; } =
        [NoLocalModel, .. Limits.SelectMany(name => new[] { ($"RateLimits:{name}:Permits", "1000000"), ($"RateLimits:{name}:Per", "00:00:01") })];
}
