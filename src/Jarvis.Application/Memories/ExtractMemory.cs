using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Takes the new turns of one conversation into memory: its summary, and what is worth knowing, in one transaction with the
/// watermark. A conversation that is gone, or has nothing new, ends quietly. Answers with whether more is left to read.
/// </summary>
public sealed record ExtractMemory(MemoryJob Job) : IRequest<Result<bool>>;

internal sealed class ExtractMemoryHandler(IJarvisDb db, IMemoryExtractor extractor, TimeProvider clock)
    : IRequestHandler<ExtractMemory, Result<bool>>
{
    /// <summary>Bounds one call of the extractor; the rest follows in the next.</summary>
    private const int TurnsAtOnce = 20;
    private const int KnownAtOnce = 1_000;

    public async Task<Result<bool>> Handle(ExtractMemory request, CancellationToken cancellationToken)
    {
        var (user, conversation) = request.Job;
        var behind = await db.Turns.OwnedBy(user)
            .Where(turn => turn.ConversationId == conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .OrderBy(turn => turn.Id)
            .Take(TurnsAtOnce + 1)
            .ToListAsync(cancellationToken);
        if (behind.Count == 0)
        {
            return false;
        }

        var turns = behind.Take(TurnsAtOnce).ToList();
        var summary = await db.ConversationSummaries.OwnedBy(user).SingleOrDefaultAsync(row => row.ConversationId == conversation, cancellationToken);
        var extraction = await extractor.ExtractAsync(await InputAsync(turns, summary, cancellationToken), cancellationToken);
        if (extraction.Error is { } error)
        {
            return error;
        }

        return await StoreAsync(request.Job, turns, summary, extraction.Value, cancellationToken) is { } refused
            ? refused
            : behind.Count > turns.Count;
    }

    private async Task<ExtractionInput> InputAsync(List<Turn> turns, ConversationSummary? summary, CancellationToken cancellationToken)
    {
        var known = await db.MemoryItems.OwnedBy(turns[0].UserId)
            .Where(item => item.ValidTo == null)
            .OrderByDescending(item => item.Id)
            .Take(KnownAtOnce)
            .Select(item => new KnownMemory(item.Id, item.Kind, item.Content))
            .ToListAsync(cancellationToken);

        return new ExtractionInput(
            [.. turns.Select(turn => new SaidTurn(turn.Id, turn.Prompt, turn.Response!, turn.Timestamp))],
            summary?.Summary ?? "",
            known);
    }

    // What is known is read again inside the transaction: the extractor may have taken minutes.
    private async Task<Error?> StoreAsync(
        MemoryJob job,
        List<Turn> turns,
        ConversationSummary? summary,
        Extraction extraction,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (extraction.Candidates.Count > 0)
        {
            var upsert = await MemoryUpsert.LoadAsync(db, job.User, now, cancellationToken);
            foreach (var candidate in extraction.Candidates)
            {
                upsert.Add(candidate, turns.Single(turn => turn.Id == candidate.Turn));
            }
        }

        summary ??= db.ConversationSummaries.Add(ConversationSummary.Of(job.Conversation, job.User, now)).Entity;
        summary.Advance(extraction.Summary, turns, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The watermark moved, or the conversation was deleted: what was read is no longer what is there.
            return MemoryErrors.OvertakenByAnother;
        }

        await transaction.CommitAsync(cancellationToken);

        return null;
    }
}
