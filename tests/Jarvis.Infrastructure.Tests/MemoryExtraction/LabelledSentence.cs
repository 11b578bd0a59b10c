using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

/// <summary>
/// A row of <c>sentences.*.tsv</c>: its set (<c>tune</c>, <c>held</c>, <c>fresh</c>), what should be kept of it, and what was said.
/// <c>-</c> keeps nothing, <c>=fact</c> all of it as a fact, else <c>kind: content</c> joined with <c>|</c>.
/// </summary>
public sealed record LabelledSentence(string Set, IReadOnlyList<(MemoryKind Kind, string Content)> Expected, string Said)
{
    public static IReadOnlyList<LabelledSentence> Read(string language) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "MemoryExtraction", $"sentences.{language}.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new LabelledSentence(cells[0], ExpectedOf(cells[1], cells[2]), cells[2]))];

    private static IReadOnlyList<(MemoryKind Kind, string Content)> ExpectedOf(string label, string said) => label switch
    {
        "-" => [],
        ['=', .. var kind] => [(Enum.Parse<MemoryKind>(kind, ignoreCase: true), Comparable(said))],
        _ => [.. label.Split(" | ").Select(part => part.Split(": ", 2)).Select(part => (Enum.Parse<MemoryKind>(part[0], ignoreCase: true), Comparable(part[1])))],
    };

    public static string Comparable(string content) => content.Trim(' ', '.', '!', ',').ToLowerInvariant();
}
