using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Imports;

/// <summary>Stores the new turns of one imported conversation.</summary>
internal sealed class ConversationImportWriter(IJarvisDb db, IDatabaseErrorClassifier faults, TimeProvider clock)
{
    /// <summary>Number of turns per transaction. The answer to another person may have to wait for its end.</summary>
    private const int TurnBatchSize = 100;
    private const int MaxAttempts = 3;

    /// <summary>
    /// Pause between writes. SQLite allows one writer at a time, and a waiting writer polls every 100 ms. Without pauses, an answer
    /// would wait until the import ends.
    /// </summary>
    private static readonly TimeSpan TimeGap = TimeSpan.FromMilliseconds(110);
    private static readonly TimeSpan MaxTurnsWithoutGap = TimeSpan.FromMilliseconds(150);

    private TimeSpan withoutGap;

    public async Task<ImportBatchResult> StoreAsync(UserId user, ConversationImportModel conversation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStoreAsync(user, conversation, cancellationToken);
            }
            catch (DbUpdateException e) when (faults.IsConflict(e) && attempt < MaxAttempts)
            {
                // Another import stored the same rows, or the conversation was deleted. A second read sees the current state.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<ImportBatchResult> TryStoreAsync(UserId user, ConversationImportModel conversation, CancellationToken cancellationToken)
    {
        if (conversation.Turns.Count == 0)
        {
            return new ImportBatchResult(Conversation: null, Imported: 0, Skipped: 0);
        }

        var found = await FindAsync(user, conversation.ExternalId!, cancellationToken);
        var existing = found is null ? [] : await LoadTurnsAsync(user, found.Id, cancellationToken);
        var target = found ?? CreateConversation(user, conversation);
        var missing = FindMissing(target, conversation.Turns, existing);
        if (found is null)
        {
            db.Conversations.Add(target);
        }

        foreach (var turns in missing.Chunk(TurnBatchSize))
        {
            await StoreAsync(user, turns, cancellationToken);
        }

        db.ChangeTracker.Clear();

        return new ImportBatchResult(target, missing.Count, conversation.Turns.Count - missing.Count);
    }

    private async Task StoreAsync(UserId user, Turn[] turns, CancellationToken cancellationToken)
    {
        if (withoutGap > MaxTurnsWithoutGap)
        {
            withoutGap = TimeSpan.Zero;
            await Task.Delay(TimeGap, clock, cancellationToken);
        }

        var start = clock.GetTimestamp();

        // The lock prevents a concurrent forget between the tombstone check and the write.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(user, cancellationToken);
        var forgotten = await TombstoneIndex.LoadAsync(db, user, cancellationToken);
        foreach (var turn in turns.Where(turn => forgotten.Contains(turn.Prompt)))
        {
            turn.ExcludeFromRecall();
        }

        db.Turns.AddRange(turns);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        withoutGap += clock.GetElapsedTime(start);
    }

    // Matches by external id or by own id: an exported conversation returns to its original.
    private async Task<Conversation?> FindAsync(UserId user, string externalId, CancellationToken cancellationToken)
    {
        var conversations = db.Conversations.OwnedBy(user);
        var found = await conversations.SingleOrDefaultAsync(row => row.ExternalId == externalId, cancellationToken);
        if (found is null && Guid.TryParse(externalId, out var own) && own.Version == 7)
        {
            found = await conversations.SingleOrDefaultAsync(row => row.Id == new ConversationId(own), cancellationToken);
        }

        return found;
    }

    private async Task<Dictionary<string, TurnId>> LoadTurnsAsync(UserId user, ConversationId conversation, CancellationToken cancellationToken)
    {
        var turns = await db.Turns.OwnedBy(user)
            .Where(turn => turn.ConversationId == conversation)
            .Select(turn => new { turn.Id, turn.ExternalId })
            .ToListAsync(cancellationToken);

        return turns.ToDictionary(turn => turn.ExternalId ?? turn.Id.ToString(), turn => turn.Id);
    }

    private static Conversation CreateConversation(UserId user, ConversationImportModel conversation)
    {
        var title = string.IsNullOrWhiteSpace(conversation.Title) ? null : conversation.Title.Trim();
        var first = conversation.Turns[0];

        return Conversation.Import(user, conversation.ExternalId!, title, string.IsNullOrWhiteSpace(first.Prompt) ? first.Response! : first.Prompt, (conversation.CreatedAt ?? first.At!.Value).ToUniversalTime());
    }

    // Uses the order of the file and not the timestamps: each turn follows the previous one, new or stored.
    private static List<Turn> FindMissing(Conversation conversation, IReadOnlyList<TurnImportModel> turns, Dictionary<string, TurnId> existing)
    {
        var missing = new List<Turn>();
        TurnId? before = null;
        foreach (var turn in turns)
        {
            if (existing.TryGetValue(turn.ExternalId!, out var known))
            {
                before = known;
                continue;
            }

            var added = conversation.Import(turn.ExternalId!, turn.Prompt ?? "", turn.Response ?? "", turn.At!.Value.ToUniversalTime(), before);
            missing.Add(added);
            before = added.Id;
        }

        return missing;
    }
}

/// <param name="Conversation">Null if the conversation does not have turns.</param>
internal sealed record ImportBatchResult(Conversation? Conversation, int Imported, int Skipped);
