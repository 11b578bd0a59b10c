using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>The extractor that was chosen; for who keeps memory at home the heuristics, where the “local” model is elsewhere.</summary>
internal sealed class LocalOnlyMemoryExtractor(IMemoryExtractor chosen, HeuristicMemoryExtractor heuristic, IOptions<LocalLlmOptions> options)
    : IMemoryExtractor
{
    private readonly IMemoryExtractor localExtractor = PrivateNetwork.Contains(options.Value.BaseUrl) ? chosen : heuristic;

    public string Name => chosen.Name;

    public string LocalOnlyName => localExtractor.Name;

    public Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken) =>
        (input.LocalModelsOnly ? localExtractor : chosen).ExtractAsync(input, cancellationToken);
}
