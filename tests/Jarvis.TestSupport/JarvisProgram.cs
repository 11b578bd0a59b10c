namespace Jarvis.TestSupport;

/// <summary>One of the programs of Jarvis.</summary>
/// <param name="Assembly">Name of the assembly without extension.</param>
/// <param name="Arguments">Arguments in addition to the settings.</param>
/// <param name="Folder">Folder of the published program; null for the build output beside the tests.</param>
public sealed record JarvisProgram(string Assembly, IReadOnlyList<string> Arguments, string? Folder = null)
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    public static JarvisProgram Web { get; } = new("Jarvis.Web", [AnyPort]);

    public static JarvisProgram Worker { get; } = new("Jarvis.Worker", [AnyPort]);

    /// <summary>Updates the database schema and exits.</summary>
    public static JarvisProgram Migrate { get; } = new("Jarvis.Web", ["--migrate"]);

    public JarvisProgram PublishedTo(string folder) => this with { Folder = folder };

    internal string File => Path.Combine(Folder ?? AppContext.BaseDirectory, $"{Assembly}.dll");

    /// <summary>Folder of the static files; only a published program has them beside it.</summary>
    internal string ContentRoot => Folder ?? Path.Combine(JarvisHost.RepositoryRoot, "src", Assembly);
}
