using Jarvis.Domain.Memories;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>
/// Row of <c>sentences.*.tsv</c>: the set, the expected memories and the message. <c>-</c> expects nothing, <c>=fact</c> the whole sentence
/// as a fact, otherwise <c>kind: content</c> joined with <c>|</c>. Sets in the order of writing: <c>tune</c> and <c>held</c> before the
/// patterns existed; <c>fresh</c> and <c>last</c> against the patterns, with near misses; <c>unseen</c> as people write to an assistant;
/// <c>blind</c> afterwards, with many questions, suppositions, quotes, jokes and statements about others. Each set was measured before the
/// patterns were tuned to it (they were never tuned to <c>held</c>). The sets therefore detect regressions and do not predict the quality
/// on new text.
/// </summary>
public sealed record LabelledSentence(string Set, IReadOnlyList<ExpectedMemory> Expected, string Text)
{
    public static IReadOnlyList<LabelledSentence> Read(string language) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "MemoryExtraction", $"sentences.{language}.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new LabelledSentence(cells[0], ExpectedOf(cells[1], cells[2]), cells[2]))];

    private static IReadOnlyList<ExpectedMemory> ExpectedOf(string label, string text) => label switch
    {
        "-" => [],
        ['=', .. var kind] => [new ExpectedMemory(Enum.Parse<MemoryKind>(kind, ignoreCase: true), text)],
        _ => [.. label.Split(" | ").Select(part => part.Split(": ", 2)).Select(part => new ExpectedMemory(Enum.Parse<MemoryKind>(part[0], ignoreCase: true), part[1]))],
    };
}
