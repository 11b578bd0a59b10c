namespace Jarvis.Output.Tests;

/// <summary>Last step of build/test. If it runs alone, it searches the output of the last run for the marker only.</summary>
public sealed class OutputTests
{
    private const string ResultsVariable = "JARVIS_TEST_RESULTS";
    private const int MaxPlaces = 10;

    [Fact]
    public void Suite_output_contains_no_secret()
    {
        var results = Environment.GetEnvironmentVariable(ResultsVariable) ?? Path.Combine(JarvisHost.RepositoryRoot, "artifacts", "test-results");
        var run = new TestRun(results, Environment.GetEnvironmentVariable(GeneratedSecrets.FolderVariable));

        var leaks = run.Leaks(KnownSecret.Constants);

        var message = leaks
            .GroupBy(leak => leak.Secret, leak => leak.Place)
            .Select(places => $"{places.Key}, {places.Count()} times: {string.Join(", ", places.Take(MaxPlaces))}");
        Assert.True(leaks.Count == 0, $"Secrets found in {results}:\n{string.Join('\n', message)}");
    }
}
