using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

public sealed class AutoMemoryExtractorTests
{
    [Fact]
    public async Task Heuristics_are_used_without_a_local_model()
    {
        using var closed = new ClosedPort();
        await using var extractors = new ExtractorFixture(closed.BaseUrl);

        var extraction = await extractors.Chosen.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
        extractors.Chosen.Name.Should().Be("heuristic");
    }

    [Fact]
    public async Task Heuristics_take_over_when_the_model_becomes_unreachable()
    {
        using var closed = new ClosedPort();
        await using var extractors = new ExtractorFixture(closed.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
    }

    [Fact]
    public async Task Model_is_used_while_it_is_available()
    {
        await using var standIn = await OpenAiStandIn.StartAsync();
        standIn.Extraction = _ => """{"summary": "By the model.", "memories": []}""";
        await using var extractors = new ExtractorFixture(standIn.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Summary.Should().Be("By the model.");
        extractors.Chosen.Name.Should().Be("llm");
    }

    [Fact]
    public async Task Invalid_answer_fails_instead_of_falling_back()
    {
        await using var standIn = await OpenAiStandIn.StartAsync();
        standIn.Extraction = _ => "no";
        await using var extractors = new ExtractorFixture(standIn.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error!.Code.Should().Be("memory.bad_extraction");
    }

    [Fact]
    public async Task Configured_extractor_is_used_without_fallback()
    {
        using var closed = new ClosedPort();
        await using var model = new ExtractorFixture(closed.BaseUrl, ("Memory:Extractor", "Llm"));
        await using var heuristic = new ExtractorFixture(closed.BaseUrl, ("Memory:Extractor", "heuristic"));

        var refused = await model.Chosen.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        refused.Error!.Code.Should().Be("memory.model_unavailable");
        heuristic.Chosen.Name.Should().Be("heuristic");
    }

    [Theory]
    [InlineData("Memory:LlmTimeout", "00:00:00")]
    [InlineData("Memory:Extractor", "7")]
    public async Task Setting_out_of_range_is_rejected(string key, string value)
    {
        await using var extractors = new ExtractorFixture(new Uri("http://127.0.0.1:9/v1"), (key, value));

        var act = () => extractors.Chosen;

        act.Should().Throw<OptionsValidationException>().WithMessage($"*{key}*");
    }
}
