using Jarvis.Application.Memories;
using Jarvis.Infrastructure.ChatModels;
using Jarvis.Infrastructure.MemoryExtraction;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Jarvis.Infrastructure.Tests.MemoryExtraction;

public sealed class OwnMachinesMemoryExtractorTests
{
    private readonly IMemoryExtractor chosen = Substitute.For<IMemoryExtractor>();

    public OwnMachinesMemoryExtractorTests()
    {
        chosen.Name.Returns("llm");
        chosen.ExtractAsync(Arg.Any<ExtractionInput>(), Arg.Any<CancellationToken>()).Returns(new Extraction("Of the model.", []));
    }

    [Theory]
    [InlineData("https://models.example.org/v1", true, "heuristic")]
    [InlineData("https://models.example.org/v1", false, "llm")]
    [InlineData("http://192.168.1.20/v1", true, "llm")]
    public async Task What_may_not_leave_ones_own_machines_is_read_by_rules_where_the_model_is_elsewhere(string address, bool localModelsOnly, string reads)
    {
        var extractor = new OwnMachinesMemoryExtractor(chosen, new HeuristicMemoryExtractor(), Options.Create(new LocalLlmOptions { BaseUrl = new Uri(address) }));

        var extraction = await extractor.ExtractAsync(new ExtractionInput([], "", [], localModelsOnly), CancellationToken.None);

        extraction.Value.Summary.Should().Be(reads == "llm" ? "Of the model." : "");
        (localModelsOnly ? extractor.NameOnOwnMachines : extractor.Name).Should().Be(reads);
        chosen.ReceivedCalls().Any(call => call.GetMethodInfo().Name == nameof(chosen.ExtractAsync)).Should().Be(reads == "llm");
    }
}
