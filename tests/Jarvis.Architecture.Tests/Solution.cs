using System.Reflection;
using System.Text.RegularExpressions;
using Jarvis.Application;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure;
using Jarvis.Web;
using Jarvis.Worker;

namespace Jarvis.Architecture.Tests;

/// <summary>Built assemblies and source files that the tests inspect.</summary>
internal static class Solution
{
    private static readonly string[] GeneratedFolders = [".git", "bin", "obj", "artifacts", "TestResults", "node_modules", ".vs", ".idea", ".vscode"];

    public static Assembly Domain { get; } = typeof(Error).Assembly;

    public static Assembly Application { get; } = typeof(ApplicationRegistration).Assembly;

    public static Assembly Infrastructure { get; } = typeof(InfrastructureRegistration).Assembly;

    public static Assembly Web { get; } = typeof(JarvisWeb).Assembly;

    public static Assembly Worker { get; } = typeof(WorkerRegistration).Assembly;

    public static Assembly[] All { get; } = [Domain, Application, Infrastructure, Web, Worker];

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of the product, without generated migrations.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Files().Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && Path.GetExtension(file) is ".cs" or ".cshtml"
            && !file.Contains("/Migrations/", StringComparison.Ordinal)).Select(SourceFile.Read),
    ];

    /// <summary>All files that the build does not generate, relative to the root.</summary>
    public static IEnumerable<string> Files() => FilesBelow(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder).Where(IsSource)
        .Concat(Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(FilesBelow));

    // In a Git worktree, .git is a file.
    private static bool IsSource(string path) => !GeneratedFolders.Contains(Path.GetFileName(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Jarvis.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the tests in the repository, because they read its sources.");
    }
}

/// <param name="Name">Relative to the root.</param>
internal sealed record SourceFile(string Name, string Text)
{
    public static SourceFile Read(string name) => new(name, File.ReadAllText(Path.Combine(Solution.Root, name)));

    public string Project => Name.Split('/')[1];

    public bool Names(string type) => Regex.IsMatch(Text, $@"\b{Regex.Escape(type)}\b");

    public int LineOf(int position) => Text.AsSpan(0, position).Count('\n') + 1;
}
