using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>
/// Uses the configured extractor. For users who allow local models only, it uses the heuristics if the “local” model has a public
/// address.
/// </summary>
internal sealed class LocalOnlyMemoryExtractor(IMemoryExtractor chosen, HeuristicMemoryExtractor heuristic, IOptions<LocalLlmOptions> options)
    : IMemoryExtractor
{
    private readonly IMemoryExtractor localExtractor = PrivateNetwork.Contains(options.Value.BaseUrl) ? chosen : heuristic;

    public string Name => chosen.Name;

    public string LocalOnlyName => localExtractor.Name;

    public Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken) =>
        (input.LocalModelsOnly ? localExtractor : chosen).ExtractAsync(input, cancellationToken);
}
