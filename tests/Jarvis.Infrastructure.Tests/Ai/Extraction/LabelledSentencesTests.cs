using Jarvis.TestSupport.MemoryExtraction;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

public sealed class LabelledSentencesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", "tune", 0.9)]
    [InlineData("en", "held", 0.9)]
    [InlineData("en", "fresh", 0.9)]
    [InlineData("en", "last", 0.9)]
    [InlineData("en", "unseen", 0.9)]
    [InlineData("en", "blind", 0.7)]
    [InlineData("pl", "tune", 0.9)]
    [InlineData("pl", "held", 0.9)]
    [InlineData("pl", "fresh", 0.9)]
    [InlineData("pl", "last", 0.9)]
    [InlineData("pl", "unseen", 0.9)]
    [InlineData("pl", "blind", 0.7)]
    public async Task Extraction_reaches_required_precision_and_recall(string language, string set, double leastRecall)
    {
        var quality = await ExtractorQuality.MeasureAsync(language, set);

        output.WriteLine($"{language} {set}: {quality.Sentences} sentences, precision {quality.Precision:F3}, recall {quality.Recall:F3}");
        output.WriteLine(string.Join('\n', quality.Faults));
        quality.Precision.Should().BeGreaterThanOrEqualTo(0.9);
        quality.Recall.Should().BeGreaterThanOrEqualTo(leastRecall);
    }
}
