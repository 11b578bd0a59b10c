using System.Text.RegularExpressions;

namespace Jarvis.Architecture.Tests;

/// <summary>The top-level folders of a project depend on each other in one direction only.</summary>
public sealed class FolderCycleTests
{
    public static TheoryData<string> Projects => ["Jarvis.Domain", "Jarvis.Application", "Jarvis.Infrastructure", "Jarvis.Web", "Jarvis.Worker"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Top_level_folders_have_no_circular_dependencies(string project)
    {
        var files = Solution.Sources.Where(file => file.Project == project).ToList();
        var references = References(project, files);
        var reachable = references.Select(reference => reference.From).Distinct().ToDictionary(from => from, from => Reachable(from, references));

        files.Should().NotBeEmpty();
        references.Where(reference => reachable.TryGetValue(reference.To, out var targets) && targets.Contains(reference.From))
            .GroupBy(reference => $"{reference.From} -> {reference.To}", reference => Path.GetFileName(reference.File))
            .Select(edge => $"{edge.Key}: {string.Join(", ", edge.Distinct().Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal)
            .Should().BeEmpty();
    }

    // Files in the project's root folder compose the parts and may use all of them.
    private static List<Reference> References(string project, List<SourceFile> files)
    {
        var folders = files.Select(Folder).OfType<string>().ToHashSet();

        return
        [
            .. from file in files
               let @from = Folder(file)
               where @from is not null
               from Match match in Regex.Matches(file.Text, $@"\b{Regex.Escape(project)}\.(?<folder>\w+)")
               let to = match.Groups["folder"].Value
               where to != @from && folders.Contains(to)
               select new Reference(@from, to, file.Name),
        ];
    }

    private static string? Folder(SourceFile file) => file.Name.Split('/') is { Length: > 3 } parts ? parts[2] : null;

    private static HashSet<string> Reachable(string start, List<Reference> references)
    {
        var found = new HashSet<string>();
        var pending = new Stack<string>([start]);
        while (pending.TryPop(out var folder))
        {
            foreach (var reference in references.Where(reference => reference.From == folder && found.Add(reference.To)))
            {
                pending.Push(reference.To);
            }
        }

        return found;
    }

    private sealed record Reference(string From, string To, string File);
}
