using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>The newest turns of a conversation, or those before one of them; the oldest of them first.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/>; others are brought into that range.</param>
public sealed record ListTurns(UserId User, ConversationId Conversation, TurnId? Before = null, int Limit = ListTurns.DefaultLimit)
    : IRequest<Result<TurnPage>>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
}

public sealed record TurnPage(IReadOnlyList<TurnRow> Items, bool HasMore);

public sealed record TurnRow(
    TurnId Id,
    string Prompt,
    string? Response,
    TurnStatus Status,
    string? Model,
    int UsedTokens,
    DateTimeOffset Timestamp,
    string? FailureCode,
    string? FailureMessage,
    IReadOnlyList<string> FailureArguments)
{
    public IReadOnlyList<GivenMemory> Memories { get; init; } = [];
}

internal sealed class ListTurnsHandler(IJarvisDb db) : IRequestHandler<ListTurns, Result<TurnPage>>
{
    public async Task<Result<TurnPage>> Handle(ListTurns request, CancellationToken cancellationToken)
    {
        if (!await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == request.Conversation, cancellationToken))
        {
            return ChatErrors.ConversationNotFound;
        }

        var limit = Math.Clamp(request.Limit, 1, ListTurns.MaxLimit);
        var rows = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.ConversationId == request.Conversation)
            .Where(turn => request.Before == null || turn.Id < request.Before)
            .OrderByDescending(turn => turn.Id)
            .Take(limit + 1)
            .Select(turn => new TurnRow(
                turn.Id,
                turn.Prompt,
                turn.Response,
                turn.Status,
                turn.Model,
                turn.UsedTokens,
                turn.Timestamp,
                turn.FailureCode,
                turn.FailureMessage,
                turn.FailureArguments))
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > limit;
        var shown = rows.Take(limit).Reverse().ToList();
        var memories = await MemoriesOfAsync([.. shown.Select(turn => turn.Id)], request.User, cancellationToken);

        return new TurnPage([.. shown.Select(turn => turn with { Memories = [.. memories[turn.Id]] })], hasMore);
    }

    // What was forgotten since is not shown, nor is an earlier turn that no longer may be quoted.
    private async Task<ILookup<TurnId, GivenMemory>> MemoriesOfAsync(TurnId[] turns, UserId user, CancellationToken cancellationToken)
    {
        var rows = await (
            from turn in db.Turns.OwnedBy(user)
            where turns.Contains(turn.Id)
            from recalled in turn.Memories
            join item in db.MemoryItems.OwnedBy(user) on recalled.MemoryItemId equals (Domain.Memories.MemoryItemId?)item.Id into items
            from item in items.DefaultIfEmpty()
            join source in db.Turns.OwnedBy(user) on recalled.SourceTurnId equals (TurnId?)source.Id into sources
            from source in sources.DefaultIfEmpty()
            where item != null || (source != null && source.Recallable && recalled.MemoryItemId == null)
            orderby recalled.Position
            select new
            {
                Turn = turn.Id,
                Memory = new GivenMemory(
                    recalled.MemoryItemId,
                    recalled.SourceTurnId,
                    item != null ? item.Content : source.Prompt,
                    item != null ? item.ValidFrom : source.Timestamp,
                    item != null ? item.ConversationId : source.ConversationId),
            }).ToListAsync(cancellationToken);

        return rows.ToLookup(row => row.Turn, row => row.Memory);
    }
}
