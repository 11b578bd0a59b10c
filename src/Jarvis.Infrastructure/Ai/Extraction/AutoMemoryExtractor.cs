using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.Extraction.Llm;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>
/// Uses the local model while it is available, else the heuristics, so that memory works without a model. An invalid response doesn't
/// cause a fallback: it costs an attempt, and the job is retried.
/// </summary>
internal sealed class AutoMemoryExtractor(LlmMemoryExtractor model, HeuristicMemoryExtractor heuristic, LocalLlmAvailability availability) : IMemoryExtractor
{
    public string Name => availability.Available ? model.Name : heuristic.Name;

    public async Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        if (!availability.Available)
        {
            return await heuristic.ExtractAsync(input, cancellationToken);
        }

        var extraction = await model.ExtractAsync(input, cancellationToken);

        return extraction.Error?.Code is ExtractionErrors.ModelUnavailableCode or ExtractionErrors.TimedOutCode
            ? await heuristic.ExtractAsync(input, cancellationToken)
            : extraction;
    }
}
