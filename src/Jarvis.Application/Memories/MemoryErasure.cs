using Jarvis.Application.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

internal static class MemoryErasure
{
    /// <summary>How many of the turns that may have told it again are read, the newest first.</summary>
    private const int MaxRepeats = 500;

    /// <summary>
    /// No turn that tells this memory is quoted from now on, and no summary tells it: what does is cut out at once, and the
    /// summary is to be written anew. Under the memory lock. Answers with the conversations whose summaries changed.
    /// </summary>
    /// <param name="said">What was said where it was learned; null where that was deleted.</param>
    public static async Task<IReadOnlyList<ConversationId>> EraseFromTurnsAsync(
        this IJarvisDb db,
        MemoryItem item,
        string? said,
        CancellationToken cancellationToken)
    {
        var words = ForgottenTextMatcher.Create(item.Content);
        var repeats = await db.FindRepeatsAsync(item, words, cancellationToken);

        // The turn it was learned from, those that said it again (an imported chat may be there twice), and those whose answers were
        // given it and may repeat it. Past the rows' own state, because an answer that is just being stored must not keep a person from forgetting.
        var telling = db.Turns.OwnedBy(item.UserId)
            .Where(turn => turn.Id == item.SourceTurnId || turn.Prompt == said || repeats.Contains(turn.Id)
                || turn.Memories.Any(memory => memory.MemoryItemId == item.Id));
        await telling.ExecuteUpdateAsync(row => row.SetProperty(turn => turn.Recallable, false), cancellationToken);

        var summaries = await db.ConversationSummaries.OwnedBy(item.UserId)
            .Where(summary => telling.Any(turn => turn.ConversationId == summary.ConversationId))
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

        var said = await db.Turns.OwnedBy(item.UserId)
            .Where(turn => turn.Recallable && turn.Prompt.ToLower().Contains(longest.ToLower()))
            .OrderByDescending(turn => turn.Id)
            .Take(MaxRepeats)
            .Select(turn => new { turn.Id, turn.Prompt })
            .ToListAsync(cancellationToken);

        return [.. said.Where(turn => words.MatchesText(turn.Prompt)).Select(turn => turn.Id)];
    }
}
