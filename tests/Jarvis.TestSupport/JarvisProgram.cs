namespace Jarvis.TestSupport;

/// <summary>One of the programs that Jarvis is made of.</summary>
/// <param name="Assembly">Its name without ending.</param>
/// <param name="Arguments">Beside the settings.</param>
/// <param name="Folder">Where it was published to; null for what was built beside the tests.</param>
public sealed record JarvisProgram(string Assembly, IReadOnlyList<string> Arguments, string? Folder = null)
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    public static JarvisProgram Web { get; } = new("Jarvis.Web", [AnyPort]);

    public static JarvisProgram Worker { get; } = new("Jarvis.Worker", [AnyPort]);

    /// <summary>Brings the database up to date and ends.</summary>
    public static JarvisProgram Migrate { get; } = new("Jarvis.Web", ["--migrate"]);

    public JarvisProgram PublishedTo(string folder) => this with { Folder = folder };

    internal string File => Path.Combine(Folder ?? AppContext.BaseDirectory, $"{Assembly}.dll");

    /// <summary>Where its pages' files lie; only a published program has them beside it.</summary>
    internal string ContentRoot => Folder ?? Path.Combine(JarvisHost.RepositoryRoot, "src", Assembly);
}
