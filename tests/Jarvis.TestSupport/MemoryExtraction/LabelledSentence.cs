using Jarvis.Domain.Memories;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>
/// A row of <c>sentences.*.tsv</c>: its set, what should be kept of it, and what was said. <c>-</c> keeps nothing,
/// <c>=fact</c> all of it as a fact, else <c>kind: content</c> joined with <c>|</c>. The sets, in the order in which they were
/// written: <c>tune</c> and <c>held</c> before there were patterns; <c>fresh</c> and <c>last</c> against the patterns, with
/// near misses; <c>unseen</c> as people write to an assistant; <c>blind</c> afterwards, with many that ask, suppose, quote, jeer
/// or tell of others. Each was measured before the patterns learned from it
/// (<c>held</c> never was learned from), so what a set shows now says that nothing got worse, not how the next one would do.
/// </summary>
public sealed record LabelledSentence(string Set, IReadOnlyList<ExpectedMemory> Expected, string Said)
{
    public static IReadOnlyList<LabelledSentence> Read(string language) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "MemoryExtraction", $"sentences.{language}.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new LabelledSentence(cells[0], ExpectedOf(cells[1], cells[2]), cells[2]))];

    private static IReadOnlyList<ExpectedMemory> ExpectedOf(string label, string said) => label switch
    {
        "-" => [],
        ['=', .. var kind] => [new ExpectedMemory(Enum.Parse<MemoryKind>(kind, ignoreCase: true), said)],
        _ => [.. label.Split(" | ").Select(part => part.Split(": ", 2)).Select(part => new ExpectedMemory(Enum.Parse<MemoryKind>(part[0], ignoreCase: true), part[1]))],
    };
}
