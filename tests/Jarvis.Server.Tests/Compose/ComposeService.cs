namespace Jarvis.Server.Tests.Compose;

internal sealed class ComposeService(Dictionary<object, object> service)
{
    public IReadOnlyDictionary<string, string> Environment =>
        Map("environment").ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);

    public IReadOnlyList<string> Command => List("command");

    /// <summary>Stage of the Dockerfile.</summary>
    public string Target => (string)Map("build")["target"];

    /// <summary>Health check command with its arguments.</summary>
    public IReadOnlyList<string> HealthCheck => [.. ((List<object>)Map("healthcheck")["test"]).Cast<string>().Skip(1)];

    public bool Has(string key) => service.ContainsKey(key);

    public string Text(string key) => (string)service[key];

    public IReadOnlyList<string> List(string key) => service.TryGetValue(key, out var list) ? [.. ((List<object>)list).Cast<string>()] : [];

    public Dictionary<object, object> Map(string key) => (Dictionary<object, object>)service[key];
}
