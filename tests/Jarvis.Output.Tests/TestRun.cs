namespace Jarvis.Output.Tests;

/// <summary>Output of a test run and the secrets that were created in it.</summary>
/// <param name="Results">Folder with the results of each project, its console output, and in <see cref="OutputFolder"/> the output of its hosts and processes.</param>
/// <param name="GeneratedSecrets">Folder of the recorded secrets; null if none were recorded.</param>
internal sealed record TestRun(string Results, string? MadeSecrets)
{
    public const string OutputFolder = "output";

    // This file is still being written during the search.
    private static readonly string Own = typeof(TestRun).Assembly.GetName().Name!;

    /// <summary>File, line and name of each secret that was found.</summary>
    /// <exception cref="InvalidOperationException">The run has no output to search or no secrets to search for.</exception>
    public IReadOnlyList<(string Place, string Secret)> Leaks(IReadOnlyList<KnownSecret> constants)
    {
        if (constants.Count == 0)
        {
            throw new InvalidOperationException("The list of secrets to search for is empty.");
        }

        var files = Directory.Exists(Results)
            ? Directory.EnumerateFiles(Results, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith(Own, StringComparison.Ordinal)).ToList()
            : [];
        if (files.Sum(file => new FileInfo(file).Length) == 0)
        {
            throw new InvalidOperationException($"{Results} contains no output: build/test writes it before it runs this test.");
        }

        var records = MadeSecrets is null ? [] : Directory.GetFiles(MadeSecrets);
        if (records.Select(Path.GetFileNameWithoutExtension).FirstOrDefault(HasNoOutput) is { } silent)
        {
            throw new InvalidOperationException($"{silent} used secrets, but its logs were not captured.");
        }

        var finder = new LeakFinder(constants.Concat(records.SelectMany(KnownSecret.ReadFrom)));

        return
        [
            .. files.AsParallel().AsOrdered().SelectMany(file => finder.In(File.ReadAllText(file)).Select(leak =>
                ($"{Path.GetRelativePath(Results, file)}:{leak.Line}", leak.Secret))),
        ];
    }

    private bool HasNoOutput(string? project)
    {
        var folder = Path.Combine(Results, OutputFolder, project!);

        return !Directory.Exists(folder) || Directory.GetFiles(folder).Length == 0;
    }
}
