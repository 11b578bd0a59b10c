using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Processes the new turns of one conversation. Stores the summary, the memories and the watermark in one transaction, and only
/// while the lease is held. Ignores a deleted conversation and one without new turns. Returns true if unprocessed turns remain.
/// </summary>
public sealed record ExtractMemory(LeasedJob Leased) : IRequest<Result<bool>>;

internal sealed class ExtractMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs, IMemoryExtractor extractor, IDatabaseErrorClassifier faults, TimeProvider clock)
    : IRequestHandler<ExtractMemory, Result<bool>>
{
    /// <summary>Limit of one extractor call. The next call processes the rest.</summary>
    private const int TurnBatchSize = 20;
    private const int MaxKnownMemories = 1_000;

    public async Task<Result<bool>> Handle(ExtractMemory request, CancellationToken cancellationToken)
    {
        if (await ExtractionMetrics.LoadAsync(LoadAsync(request.Leased.Job, cancellationToken)) is not { } loaded)
        {
            return false;
        }

        var extraction = loaded.Input.Turns.Count > 0
            ? await ExtractionMetrics.ExtractAsync(extractor.ExtractAsync(loaded.Input, cancellationToken))
            : new ExtractionResult(loaded.Input.Summary, []);
        if (extraction.Error is { } error)
        {
            return error;
        }

        try
        {
            var refused = await ExtractionMetrics.StoreAsync(StoreAsync(request.Leased, loaded, extraction.Value, cancellationToken));

            return refused is null ? loaded.HasMore : refused;
        }
        catch (DbUpdateException e) when (faults.IsConflict(e))
        {
            // The watermark changed, or the conversation was deleted.
            return MemoryErrors.ConcurrencyConflict;
        }
    }

    private async Task<Loaded?> LoadAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        var pending = await db.Turns.OwnedBy(job.User)
            .Where(turn => turn.ConversationId == job.Conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .OrderBy(turn => turn.Id)
            .Take(TurnBatchSize + 1)
            .ToListAsync(cancellationToken);
        if (pending.Count == 0)
        {
            return null;
        }

        // Counts tombstones before reading any text that a concurrent forget could affect.
        var forgotten = await TombstoneIndex.LoadAsync(db, job.User, cancellationToken);
        var turns = pending.Take(TurnBatchSize).ToList();

        // Excludes imported copies of forgotten turns, from the summary too.
        var read = turns.Where(turn => !forgotten.Contains(turn.Prompt)).ToList();
        turns.Except(read).ToList().ForEach(turn => turn.ExcludeFromRecall());
        var summary = await db.ConversationSummaries.OwnedBy(job.User).SingleOrDefaultAsync(row => row.ConversationId == job.Conversation, cancellationToken);
        var known = await db.MemoryItems.OwnedBy(job.User)
            .Where(item => item.ValidTo == null)
            .OrderByDescending(item => item.Id)
            .Take(MaxKnownMemories)
            .Select(item => new KnownMemory(item.Id, item.Kind, item.Content))
            .ToListAsync(cancellationToken);
        var input = new ExtractionInput(
            [.. read.Select(turn => new ExtractionTurn(turn.Id, turn.Prompt, turn.Response!, turn.Timestamp))],
            summary?.Summary ?? "",
            known,
            await db.UserConfigs.OwnedBy(job.User).Select(config => config.LocalModelsOnly).SingleAsync(cancellationToken));

        return new Loaded(turns, summary, forgotten.Tombstones, input, HasMore: pending.Count > turns.Count);
    }

    // Loads the known memories again inside the transaction, because the extractor can take minutes.
    private async Task<Error?> StoreAsync(LeasedJob leased, Loaded loaded, ExtractionResult extraction, CancellationToken cancellationToken)
    {
        var (user, conversation) = leased.Job;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(user, cancellationToken);
        if (await db.Tombstones.OwnedBy(user).CountAsync(cancellationToken) != loaded.Forgotten)
        {
            // The new summary can contain a memory that the person has forgotten since.
            return MemoryErrors.ConcurrencyConflict;
        }

        var now = clock.GetUtcNow();
        if (extraction.Candidates.Count > 0)
        {
            var upsert = await MemoryMerger.LoadAsync(db, user, extraction.Candidates, now, cancellationToken);
            foreach (var candidate in extraction.Candidates)
            {
                upsert.Add(candidate, loaded.Turns.Single(turn => turn.Id == candidate.Turn));
            }
        }

        var summary = loaded.Summary ?? db.ConversationSummaries.Add(ConversationSummary.Create(conversation, user, now)).Entity;
        summary.Append(extraction.Summary, loaded.Turns, now);
        await db.SaveChangesAsync(cancellationToken);

        // Checks the lease last, while the rows are locked: a new holder of the job waits for the locks and then reads the stored
        // state.
        if (!await jobs.IsLeasedAsync(leased, cancellationToken))
        {
            return MemoryErrors.LeaseLost;
        }

        await transaction.CommitAsync(cancellationToken);

        return null;
    }

    /// <param name="Forgotten">Number of tombstones at the time of reading.</param>
    private sealed record Loaded(List<Turn> Turns, ConversationSummary? Summary, int Forgotten, ExtractionInput Input, bool HasMore);
}
