using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Ai.Extraction;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>Precision and recall of the heuristic extractor over labelled sentences.</summary>
/// <param name="Faults">False and missing memories, sentence by sentence.</param>
public sealed record ExtractorQuality(int Sentences, int Right, int Wrong, int Missed, IReadOnlyList<string> Faults)
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public double Precision => (double)Right / (Right + Wrong);

    public double Recall => (double)Right / (Right + Missed);

    /// <param name="language">Language: <c>en</c> or <c>pl</c>.</param>
    /// <param name="set">Name of one set; null for all.</param>
    public static async Task<ExtractorQuality> MeasureAsync(string language, string? set = null)
    {
        var sentences = LabelledSentence.Read(language).Where(sentence => set is null || sentence.Set == set).ToList();
        var (right, wrong, missed, faults) = (0, 0, 0, new List<string>());
        foreach (var sentence in sentences)
        {
            var extracted = await ExtractAsync(sentence.Text);
            var rightInSentence = extracted.Count(item => sentence.Expected.Any(item.Matches));
            var missedInSentence = sentence.Expected.Count(item => !extracted.Any(other => other.Matches(item)));
            (right, wrong, missed) = (right + rightInSentence, wrong + extracted.Count - rightInSentence, missed + missedInSentence);
            if (rightInSentence < extracted.Count || missedInSentence > 0)
            {
                faults.Add($"{sentence.Text}\n    kept {string.Join(" | ", extracted)}\n    not  {string.Join(" | ", sentence.Expected)}");
            }
        }

        return new ExtractorQuality(sentences.Count, right, wrong, missed, faults);
    }

    // Each sentence is extracted alone, as the first message of a user.
    private static async Task<IReadOnlyList<ExpectedMemory>> ExtractAsync(string text)
    {
        var input = new ExtractionInput([new ExtractionTurn(TurnId.New(At), text, "I see.", At)], Summary: "", Known: []);
        var extraction = await new HeuristicMemoryExtractor().ExtractAsync(input, CancellationToken.None);

        return [.. extraction.Value.Candidates.Select(item => new ExpectedMemory(item.Kind, item.Content))];
    }
}
