using Jarvis.Infrastructure.MemoryExtraction;

namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

public sealed class LabelledSentencesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", false, 0.9)]
    [InlineData("en", true, 0.5)]
    [InlineData("pl", false, 0.9)]
    [InlineData("pl", true, 0.5)]
    public void What_is_kept_is_right_nine_times_out_of_ten(string language, bool heldOut, double leastRecall)
    {
        var sentences = LabelledSentence.Read(language).Where(sentence => sentence.HeldOut == heldOut).ToList();
        sentences.Should().NotBeEmpty();

        var (right, wrong, missed) = (0, 0, 0);
        foreach (var sentence in sentences)
        {
            var kept = StatementReader.Read(sentence.Said)
                .Select(statement => (statement.Kind, LabelledSentence.Comparable(statement.Content)))
                .ToList();
            right += kept.Count(sentence.Expected.Contains);
            wrong += kept.Count(item => !sentence.Expected.Contains(item));
            missed += sentence.Expected.Count(item => !kept.Contains(item));
            if (!kept.ToHashSet().SetEquals(sentence.Expected))
            {
                output.WriteLine($"{sentence.Said}\n    kept {string.Join(" | ", kept)}\n    not  {string.Join(" | ", sentence.Expected)}");
            }
        }

        var precision = (double)right / (right + wrong);
        var recall = (double)right / (right + missed);
        output.WriteLine($"{language} {(heldOut ? "held out" : "tuned on")}: {sentences.Count} sentences, precision {precision:F3}, recall {recall:F3}");
        precision.Should().BeGreaterThanOrEqualTo(0.9);
        recall.Should().BeGreaterThanOrEqualTo(leastRecall);
    }
}
