using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Returns the turn of a question, from any process; null if no process has asked it yet.</summary>
internal sealed record FindDiscordTurn(DiscordQuestion Question) : IRequest<DiscordTurn?>;

internal sealed record DiscordTurn(
    TurnId Id,
    ConversationId Conversation,
    TurnStatus Status,
    string? Response,
    StoredError Failure);

internal sealed class FindDiscordTurnHandler(IJarvisDb db) : IRequestHandler<FindDiscordTurn, DiscordTurn?>
{
    public async Task<DiscordTurn?> Handle(FindDiscordTurn request, CancellationToken cancellationToken)
    {
        var question = request.Question;
        var turns = db.Turns.OwnedBy(question.UserId);

        // A process may have stopped after asking and before linking the turn. Then the turn is a later one in Discord with the same prompt.
        var earliest = TurnId.New(question.AskedAt - TimeSpan.FromSeconds(1));
        turns = question.TurnId is { } turnId
            ? turns.Where(turn => turn.Id == turnId)
            : turns.Where(turn => turn.Id > earliest && turn.Prompt == question.Prompt && db.Conversations.OwnedBy(question.UserId)
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
