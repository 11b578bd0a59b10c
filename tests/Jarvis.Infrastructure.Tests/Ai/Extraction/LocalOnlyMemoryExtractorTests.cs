using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.Extraction;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

public sealed class LocalOnlyMemoryExtractorTests
{
    private readonly IMemoryExtractor chosen = Substitute.For<IMemoryExtractor>();

    public LocalOnlyMemoryExtractorTests()
    {
        chosen.Name.Returns("llm");
        chosen.ExtractAsync(Arg.Any<ExtractionInput>(), Arg.Any<CancellationToken>()).Returns(new ExtractionResult("Of the model.", []));
    }

    [Theory]
    [InlineData("https://models.example.org/v1", true, "heuristic")]
    [InlineData("https://models.example.org/v1", false, "llm")]
    [InlineData("http://192.168.1.20/v1", true, "llm")]
    public async Task Heuristics_replace_a_remote_model_only_for_local_only_memory(string address, bool localModelsOnly, string expected)
    {
        var extractor = new LocalOnlyMemoryExtractor(chosen, new HeuristicMemoryExtractor(), Options.Create(new LocalLlmOptions { BaseUrl = new Uri(address) }));

        var extraction = await extractor.ExtractAsync(new ExtractionInput([], "", [], localModelsOnly), CancellationToken.None);

        extraction.Value.Summary.Should().Be(expected == "llm" ? "Of the model." : "");
        (localModelsOnly ? extractor.LocalOnlyName : extractor.Name).Should().Be(expected);
        chosen.ReceivedCalls().Any(call => call.GetMethodInfo().Name == nameof(chosen.ExtractAsync)).Should().Be(expected == "llm");
    }
}
