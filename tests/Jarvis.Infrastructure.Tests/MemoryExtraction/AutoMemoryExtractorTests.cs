using Jarvis.Infrastructure.MemoryExtraction;
using Jarvis.Testing.StandIns;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

public sealed class AutoMemoryExtractorTests
{
    [Fact]
    public async Task Without_a_local_model_the_heuristics_read()
    {
        using var closed = new ClosedPort();
        await using var extractors = new ExtractorsUnderTest(closed.BaseUrl);

        var extraction = await extractors.Chosen.ExtractAsync(Said.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
        extractors.Chosen.Name.Should().Be("heuristic");
    }

    [Fact]
    public async Task A_model_that_is_gone_meanwhile_is_stood_in_for_at_once()
    {
        using var closed = new ClosedPort();
        await using var extractors = new ExtractorsUnderTest(closed.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(Said.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
    }

    [Fact]
    public async Task While_the_model_answers_it_reads()
    {
        await using var standIn = await OpenAiStandIn.StartAsync();
        standIn.Extraction = _ => """{"summary": "By the model.", "memories": []}""";
        await using var extractors = new ExtractorsUnderTest(standIn.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(Said.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Summary.Should().Be("By the model.");
        extractors.Chosen.Name.Should().Be("llm");
    }

    [Fact]
    public async Task A_bad_answer_is_not_papered_over()
    {
        await using var standIn = await OpenAiStandIn.StartAsync();
        standIn.Extraction = _ => "no";
        await using var extractors = new ExtractorsUnderTest(standIn.BaseUrl);
        extractors.Availability.Available = true;

        var extraction = await extractors.Chosen.ExtractAsync(Said.Input("I live in Bern."), CancellationToken.None);

        extraction.Error!.Code.Should().Be("memory.bad_extraction");
    }

    [Fact]
    public async Task The_choice_is_the_persons()
    {
        using var closed = new ClosedPort();
        await using var model = new ExtractorsUnderTest(closed.BaseUrl, ("Memory:Extractor", "Llm"));
        await using var heuristic = new ExtractorsUnderTest(closed.BaseUrl, ("Memory:Extractor", "heuristic"));

        var refused = await model.Chosen.ExtractAsync(Said.Input("I live in Bern."), CancellationToken.None);

        refused.Error!.Code.Should().Be("memory.model_unavailable");
        heuristic.Chosen.Name.Should().Be("heuristic");
    }

    [Theory]
    [InlineData("Memory:LlmTimeout", "00:00:00")]
    [InlineData("Memory:Extractor", "7")]
    public async Task A_setting_out_of_bounds_is_refused(string key, string value)
    {
        await using var extractors = new ExtractorsUnderTest(new Uri("http://127.0.0.1:9/v1"), (key, value));

        var choosing = () => extractors.Chosen;

        choosing.Should().Throw<OptionsValidationException>().WithMessage($"*{key}*");
    }
}
