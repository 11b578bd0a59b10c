using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

internal static class MemoryErasure
{
    /// <summary>Maximum number of turns to check for the memory, newest first.</summary>
    private const int MaxRepeats = 500;

    /// <summary>
    /// Excludes turns with the memory from search and removes its sentences from summaries, which are marked for a rebuild.
    /// Requires the memory lock. Returns the conversations whose summaries changed.
    /// </summary>
    /// <param name="sourcePrompt">Prompt of the source turn; null if the turn was deleted.</param>
    public static async Task<IReadOnlyList<ConversationId>> EraseFromTurnsAsync(
        this IJarvisDb db,
        MemoryItem item,
        string? sourcePrompt,
        CancellationToken cancellationToken)
    {
        var words = ForgottenTextMatcher.Create(item.Content);
        var repeats = await db.FindRepeatsAsync(item, words, cancellationToken);

        // Excludes the source turn, its repetitions (an import can contain it twice) and turns whose answers used the memory.
        // Bypasses the concurrency token of the rows, because a concurrent write of an answer must not block a forget.
        var affectedTurns = db.Turns.OwnedBy(item.UserId)
            .Where(turn => turn.Id == item.SourceTurnId || turn.Prompt == sourcePrompt || repeats.Contains(turn.Id)
                || turn.Memories.Any(memory => memory.MemoryItemId == item.Id));
        await affectedTurns.ExecuteUpdateAsync(row => row.SetProperty(turn => turn.Recallable, false), cancellationToken);

        var summaries = await db.ConversationSummaries.OwnedBy(item.UserId)
            .Where(summary => affectedTurns.Any(turn => turn.ConversationId == summary.ConversationId))
            .ToListAsync(cancellationToken);
        summaries.ForEach(summary => summary.Forget(words));

        return [.. summaries.Select(summary => summary.ConversationId)];
    }

    private static async Task<TurnId[]> FindRepeatsAsync(this IJarvisDb db, MemoryItem item, ForgottenTextMatcher words, CancellationToken cancellationToken)
    {
        if (words.LongestWords is not { } longest)
        {
            return [];
        }

        var candidates = await db.Turns.OwnedBy(item.UserId)
            .Where(turn => turn.Recallable && turn.Prompt.ToLower().Contains(longest.ToLower()))
            .OrderByDescending(turn => turn.Id)
            .Take(MaxRepeats)
            .Select(turn => new { turn.Id, turn.Prompt })
            .ToListAsync(cancellationToken);

        return [.. candidates.Where(turn => words.MatchesText(turn.Prompt)).Select(turn => turn.Id)];
    }
}
