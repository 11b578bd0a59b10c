using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Needs no model: takes what people state about themselves in English or Polish, in their own words, so that nothing is
/// invented. It misses much and errs seldom.
/// </summary>
internal sealed class HeuristicMemoryExtractor : IMemoryExtractor
{
    public const string Id = "heuristic";

    public string Name => Id;

    public Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        var memory = new StatementMerger(input.Known);
        foreach (var turn in input.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var statement in StatementReader.Read(turn.Said))
            {
                memory.Add(statement, turn.Id);
            }
        }

        var summary = RollingSummary.Extend(input.Summary, input.Turns.Select(turn => turn.Said));

        return Task.FromResult(Result<ExtractionResult>.Success(new ExtractionResult(summary, memory.Candidates)));
    }
}
