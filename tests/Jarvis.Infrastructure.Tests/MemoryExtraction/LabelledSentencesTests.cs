namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

public sealed class LabelledSentencesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", "tune", 0.9)]
    [InlineData("en", "held", 0.9)]
    [InlineData("en", "fresh", 0.9)]
    [InlineData("en", "last", 0.9)]
    [InlineData("en", "unseen", 0.9)]
    [InlineData("pl", "tune", 0.9)]
    [InlineData("pl", "held", 0.9)]
    [InlineData("pl", "fresh", 0.9)]
    [InlineData("pl", "last", 0.9)]
    [InlineData("pl", "unseen", 0.9)]
    public async Task What_is_kept_is_right_nine_times_out_of_ten(string language, string set, double leastRecall)
    {
        var sentences = LabelledSentence.Read(language).Where(sentence => sentence.Set == set).ToList();
        sentences.Should().NotBeEmpty();

        var (right, wrong, missed) = (0, 0, 0);
        foreach (var sentence in sentences)
        {
            var kept = (await Said.Input(sentence.Said).CandidatesAsync()).Select(item => new Kept(item.Kind, item.Content)).ToList();
            var (rightHere, missedHere) = (kept.Count(item => sentence.Expected.Any(item.Tells)), sentence.Expected.Count(item => !kept.Exists(it => it.Tells(item))));
            (right, wrong, missed) = (right + rightHere, wrong + kept.Count - rightHere, missed + missedHere);
            if (rightHere < kept.Count || missedHere > 0)
            {
                output.WriteLine($"{sentence.Said}\n    kept {string.Join(" | ", kept)}\n    not  {string.Join(" | ", sentence.Expected)}");
            }
        }

        var precision = (double)right / (right + wrong);
        var recall = (double)right / (right + missed);
        output.WriteLine($"{language} {set}: {sentences.Count} sentences, precision {precision:F3}, recall {recall:F3}");
        precision.Should().BeGreaterThanOrEqualTo(0.9);
        recall.Should().BeGreaterThanOrEqualTo(leastRecall);
    }
}
