using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>The turn that a question was asked in, by whichever process; null where it was not asked yet.</summary>
public sealed record FindDiscordTurn(DiscordQuestion Question) : IRequest<DiscordTurn?>;

public sealed record DiscordTurn(
    TurnId Id,
    ConversationId Conversation,
    TurnStatus Status,
    string? Response,
    StoredError Failure);

internal sealed class FindDiscordTurnHandler(IJarvisDb db) : IRequestHandler<FindDiscordTurn, DiscordTurn?>
{
    public async Task<DiscordTurn?> Handle(FindDiscordTurn request, CancellationToken cancellationToken)
    {
        var asked = request.Question;
        var turns = db.Turns.OwnedBy(asked.UserId);

        // A process may have died between asking and noting it down: the same words since then, in a chat of Discord, are it.
        var earliest = TurnId.New(asked.AskedAt - TimeSpan.FromSeconds(1));
        turns = asked.TurnId is { } known
            ? turns.Where(turn => turn.Id == known)
            : turns.Where(turn => turn.Id > earliest && turn.Prompt == asked.Prompt && db.Conversations.OwnedBy(asked.UserId)
                .Any(conversation => conversation.Id == turn.ConversationId && conversation.Platform == Platform.Discord));

        return await turns
            .OrderBy(turn => turn.Id)
            .Select(turn => new DiscordTurn(
                turn.Id,
                turn.ConversationId,
                turn.Status,
                turn.Response,
                turn.Failure))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
