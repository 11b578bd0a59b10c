using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Extraction;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>How much of what the heuristics keep of labelled sentences is right, and how much of what is right they keep.</summary>
/// <param name="Faults">What was kept wrongly or missed, sentence by sentence.</param>
public sealed record ExtractorQuality(int Sentences, int Right, int Wrong, int Missed, IReadOnlyList<string> Faults)
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public double Precision => (double)Right / (Right + Wrong);

    public double Recall => (double)Right / (Right + Missed);

    /// <param name="language"><c>en</c> or <c>pl</c>.</param>
    /// <param name="set">One of the sets; all of them without it.</param>
    public static async Task<ExtractorQuality> MeasureAsync(string language, string? set = null)
    {
        var sentences = LabelledSentence.Read(language).Where(sentence => set is null || sentence.Set == set).ToList();
        var (right, wrong, missed, faults) = (0, 0, 0, new List<string>());
        foreach (var sentence in sentences)
        {
            var kept = await ExtractAsync(sentence.Said);
            var rightHere = kept.Count(item => sentence.Expected.Any(item.Matches));
            var missedHere = sentence.Expected.Count(item => !kept.Any(it => it.Matches(item)));
            (right, wrong, missed) = (right + rightHere, wrong + kept.Count - rightHere, missed + missedHere);
            if (rightHere < kept.Count || missedHere > 0)
            {
                faults.Add($"{sentence.Said}\n    kept {string.Join(" | ", kept)}\n    not  {string.Join(" | ", sentence.Expected)}");
            }
        }

        return new ExtractorQuality(sentences.Count, right, wrong, missed, faults);
    }

    // Each sentence stands alone, as if it were the first that was ever said.
    private static async Task<IReadOnlyList<ExpectedMemory>> ExtractAsync(string said)
    {
        var input = new ExtractionInput([new ExtractionTurn(TurnId.New(At), said, "I see.", At)], Summary: "", Known: []);
        var extraction = await new HeuristicMemoryExtractor().ExtractAsync(input, CancellationToken.None);

        return [.. extraction.Value.Candidates.Select(item => new ExpectedMemory(item.Kind, item.Content))];
    }
}
