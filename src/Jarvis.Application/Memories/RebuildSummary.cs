using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Writes a conversation's summary anew where something was cut out of it: from the turns that may still be told. Nothing is
/// learned from them a second time. A conversation whose summary is whole ends quietly.
/// </summary>
public sealed record RebuildSummary(LeasedJob Leased) : IRequest<Result>;

internal sealed class RebuildSummaryHandler(IJarvisDb db, IMemoryJobQueue jobs, IMemoryExtractor extractor, IDatabaseErrorClassifier faults, TimeProvider clock)
    : IRequestHandler<RebuildSummary, Result>
{
    /// <summary>A longer conversation keeps its summary as it was cut: reading all of it again would take a small model hours.</summary>
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

        // Before the turns, which may tell what is forgotten while they are read.
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

        loaded.Summary.IsRebuild(loaded.Turns.Count == 0 ? "" : rebuilt, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        if (!await jobs.IsLeasedAsync(leased, cancellationToken))
        {
            return MemoryErrors.LeaseLost;
        }

        await transaction.CommitAsync(cancellationToken);

        return null;
    }

    /// <param name="Forgotten">How much the person had forgotten when this was read.</param>
    private sealed record Loaded(ConversationSummary Summary, List<ExtractionTurn> Turns, int Forgotten, bool LocalModelsOnly);
}
