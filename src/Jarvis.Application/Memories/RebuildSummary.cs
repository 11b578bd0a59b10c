using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Rebuilds the summary of a conversation from its recallable turns, after sentences were removed. Does not extract memories.
/// Ignores a conversation whose summary is complete.
/// </summary>
public sealed record RebuildSummary(LeasedJob Leased) : IRequest<Result>;

internal sealed class RebuildSummaryHandler(IJarvisDb db, IMemoryJobQueue jobs, IMemoryExtractor extractor, IDatabaseErrorClassifier faults, TimeProvider clock)
    : IRequestHandler<RebuildSummary, Result>
{
    /// <summary>
    /// A longer conversation keeps the reduced summary, because a small model would take hours to process all turns again.
    /// </summary>
    private const int MaxTurns = 60;

    public async Task<Result> Handle(RebuildSummary request, CancellationToken cancellationToken)
    {
        if (await LoadAsync(request.Leased.Job, cancellationToken) is not { } loaded)
        {
            return Result.Ok;
        }

        string? rebuilt = null;
        if (loaded.Turns.Count is > 0 and <= MaxTurns)
        {
            var input = new ExtractionInput(loaded.Turns, Summary: "", Known: [], loaded.LocalModelsOnly);
            var extraction = await extractor.ExtractAsync(input, cancellationToken);
            if (extraction.Error is { } error)
            {
                return error;
            }

            rebuilt = extraction.Value.Summary;
        }

        try
        {
            return await StoreAsync(request.Leased, loaded, rebuilt, cancellationToken) is { } refused ? refused : Result.Ok;
        }
        catch (DbUpdateException e) when (faults.IsConflict(e))
        {
            return MemoryErrors.ConcurrencyConflict;
        }
    }

    private async Task<Loaded?> LoadAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        var summary = await db.ConversationSummaries.OwnedBy(job.User)
            .SingleOrDefaultAsync(row => row.ConversationId == job.Conversation && row.Rebuild, cancellationToken);
        if (summary is null)
        {
            return null;
        }

        // Counts tombstones before reading turns that a concurrent forget could affect.
        var forgotten = await db.Tombstones.OwnedBy(job.User).CountAsync(cancellationToken);
        var turns = await db.Turns.OwnedBy(job.User)
            .Where(turn => turn.ConversationId == job.Conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt != null && turn.Recallable)
            .OrderBy(turn => turn.Id)
            .Take(MaxTurns + 1)
            .Select(turn => new ExtractionTurn(turn.Id, turn.Prompt, turn.Response!, turn.Timestamp))
            .ToListAsync(cancellationToken);
        var localOnly = await db.UserConfigs.OwnedBy(job.User).Select(config => config.LocalModelsOnly).SingleAsync(cancellationToken);

        return new Loaded(summary, turns, forgotten, localOnly);
    }

    private async Task<Error?> StoreAsync(LeasedJob leased, Loaded loaded, string? rebuilt, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(leased.Job.User, cancellationToken);
        if (await db.Tombstones.OwnedBy(leased.Job.User).CountAsync(cancellationToken) != loaded.Forgotten)
        {
            return MemoryErrors.ConcurrencyConflict;
        }

        loaded.Summary.CompleteRebuild(loaded.Turns.Count == 0 ? "" : rebuilt, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        if (!await jobs.IsLeasedAsync(leased, cancellationToken))
        {
            return MemoryErrors.LeaseLost;
        }

        await transaction.CommitAsync(cancellationToken);

        return null;
    }

    /// <param name="Forgotten">Number of tombstones at the time of reading.</param>
    private sealed record Loaded(ConversationSummary Summary, List<ExtractionTurn> Turns, int Forgotten, bool LocalModelsOnly);
}
