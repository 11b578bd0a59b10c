using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Lists turns of a conversation, oldest first: the newest turns, the turns before a turn, or the turns around a turn.</summary>
/// <param name="Around">
/// Turn that the result includes, with some later turns. If it is one of the newest or does not exist, the result is the newest
/// turns.
/// </param>
/// <param name="Limit">1 to <see cref="MaxLimit"/>; other values are clamped.</param>
public sealed record ListTurns(UserId User, ConversationId Conversation, TurnId? Before = null, int Limit = ListTurns.DefaultLimit, TurnId? Around = null)
    : IRequest<Result<TurnPage>>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    internal const int After = 10;
}

/// <param name="Before">Turn that follows the last item; null if the items are the newest turns.</param>
public sealed record TurnPage(IReadOnlyList<TurnRow> Items, bool HasMore, TurnId? Before = null);

public sealed record TurnRow(
    TurnId Id,
    string Prompt,
    string? Response,
    TurnStatus Status,
    MemoryUsage MemoryUsage,
    string? Model,
    int UsedTokens,
    DateTimeOffset Timestamp,
    StoredError Failure)
{
    public IReadOnlyList<CitedMemory> Memories { get; init; } = [];
}

internal sealed class ListTurnsHandler(IJarvisDb db) : IRequestHandler<ListTurns, Result<TurnPage>>
{
    public async Task<Result<TurnPage>> Handle(ListTurns request, CancellationToken cancellationToken)
    {
        if (!await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == request.Conversation, cancellationToken))
        {
            return CommonErrors.ConversationNotFound;
        }

        var limit = Math.Clamp(request.Limit, 1, ListTurns.MaxLimit);
        var before = request.Before ?? await FindPageEndAsync(request, limit, cancellationToken);
        var rows = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.ConversationId == request.Conversation)
            .Where(turn => before == null || turn.Id < before)
            .OrderByDescending(turn => turn.Id)
            .Take(limit + 1)
            .Select(turn => new TurnRow(
                turn.Id,
                turn.Prompt,
                turn.Response,
                turn.Status,
                turn.MemoryUsage,
                turn.Model,
                turn.UsedTokens,
                turn.Timestamp,
                turn.Failure))
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > limit;
        var shown = rows.Take(limit).Reverse().ToList();
        var memories = await LoadCitationsAsync([.. shown.Select(turn => turn.Id)], request.User, cancellationToken);

        return new TurnPage([.. shown.Select(turn => turn with { Memories = [.. memories[turn.Id]] })], hasMore, before);
    }

    // Returns null if the turn is one of the newest.
    private async Task<TurnId?> FindPageEndAsync(ListTurns request, int limit, CancellationToken cancellationToken)
    {
        if (request.Around is not { } around)
        {
            return null;
        }

        var later = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.ConversationId == request.Conversation && turn.Id > around)
            .OrderBy(turn => turn.Id)
            .Take(limit)
            .Select(turn => turn.Id)
            .ToListAsync(cancellationToken);

        return later.Count < limit ? null : later[Math.Min(ListTurns.After, limit - 1)];
    }

    // Returns the current state of each memory. A forgotten or deleted memory is returned without its content.
    private async Task<ILookup<TurnId, CitedMemory>> LoadCitationsAsync(TurnId[] turns, UserId user, CancellationToken cancellationToken)
    {
        var rows = await (
            from turn in db.Turns.OwnedBy(user)
            where turns.Contains(turn.Id)
            from recalled in turn.Memories
            join item in db.MemoryItems.OwnedBy(user) on recalled.MemoryItemId equals (MemoryItemId?)item.Id into items
            from item in items.DefaultIfEmpty()
            join source in db.Turns.OwnedBy(user) on recalled.SourceTurnId equals (TurnId?)source.Id into sources
            from source in sources.DefaultIfEmpty()
            orderby recalled.Position
            select new { Turn = turn.Id, recalled.FromItem, Item = item, Source = source == null ? null : new SourceTurn(source.Id, source.Prompt, source.Timestamp, source.ConversationId, source.Recallable) })
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        return rows.ToLookup(row => row.Turn, row => ToCitation(row.FromItem, row.Item, row.Source));
    }

    private static CitedMemory ToCitation(bool fromItem, MemoryItem? item, SourceTurn? source)
    {
        if (item is not null)
        {
            return new CitedMemory(item.Id, item.SourceTurnId, item.Content, item.ValidFrom, item.ConversationId) { Kind = item.Kind, ValidTo = item.ValidTo };
        }

        if (!fromItem && source is { Recallable: true })
        {
            return new CitedMemory(Item: null, source.Id, source.Prompt, source.At, source.Conversation);
        }

        var state = fromItem || source is not null ? CitationState.Forgotten : CitationState.Deleted;

        return new CitedMemory(Item: null, Turn: null, Content: "", At: default) { State = state };
    }

    private sealed record SourceTurn(TurnId Id, string Prompt, DateTimeOffset At, ConversationId Conversation, bool Recallable);
}
