namespace Jarvis.TestSupport.Database;

/// <summary>
/// Database engine of the test run: <c>sqlite</c> (embedded mode) or <c>postgres</c> (server mode, with a real Redis). The same tests run
/// on both; <c>build/test</c> runs them one after the other.
/// </summary>
public static class Engine
{
    private const string Variable = "JARVIS_TEST_ENGINE";

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"{Variable} is “{other}”: set it to sqlite or postgres."),
    };
}
