using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Extracts without a model the statements that users make about themselves in English or Polish, in their own words, so that nothing is
/// invented. It misses many facts and is rarely wrong.
/// </summary>
internal sealed class HeuristicMemoryExtractor : IMemoryExtractor
{
    public const string Id = "heuristic";

    public string Name => Id;

    public Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        var merger = new StatementMerger(input.Known);
        foreach (var turn in input.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var statement in StatementReader.Read(turn.UserText))
            {
                merger.Add(statement, turn.Id);
            }
        }

        var summary = RollingSummary.Extend(input.Summary, input.Turns.Select(turn => turn.UserText));

        return Task.FromResult(Result<ExtractionResult>.Success(new ExtractionResult(summary, merger.Candidates)));
    }
}
