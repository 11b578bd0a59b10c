using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

/// <summary>
/// A row of <c>sentences.*.tsv</c>: its set, what should be kept of it, and what was said. <c>-</c> keeps nothing,
/// <c>=fact</c> all of it as a fact, else <c>kind: content</c> joined with <c>|</c>. Patterns were tuned on the set
/// <c>tune</c>; <c>held</c> was written with it and not looked at; <c>fresh</c> was written later, against the patterns, and
/// tuned on afterwards; <c>last</c> was written after all tuning.
/// </summary>
public sealed record LabelledSentence(string Set, IReadOnlyList<Kept> Expected, string Said)
{
    public static IReadOnlyList<LabelledSentence> Read(string language) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "MemoryExtraction", $"sentences.{language}.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new LabelledSentence(cells[0], ExpectedOf(cells[1], cells[2]), cells[2]))];

    private static IReadOnlyList<Kept> ExpectedOf(string label, string said) => label switch
    {
        "-" => [],
        ['=', .. var kind] => [new Kept(Enum.Parse<MemoryKind>(kind, ignoreCase: true), said)],
        _ => [.. label.Split(" | ").Select(part => part.Split(": ", 2)).Select(part => new Kept(Enum.Parse<MemoryKind>(part[0], ignoreCase: true), part[1]))],
    };
}
