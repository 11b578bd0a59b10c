using System.Runtime.CompilerServices;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>All conversations of a person, the oldest first, one in memory at a time; in the form in which they are imported.</summary>
public sealed record ExportConversations(UserId User) : IRequest<IAsyncEnumerable<ExportedConversation>>;

public sealed record ExportedConversation(string ExternalId, string Title, DateTimeOffset CreatedAt, IReadOnlyList<ExportedTurn> Turns);

/// <param name="Response">Null where it was never answered.</param>
public sealed record ExportedTurn(string ExternalId, string Prompt, string? Response, DateTimeOffset At);

internal sealed class ExportConversationsHandler(IJarvisDb db) : IRequestHandler<ExportConversations, IAsyncEnumerable<ExportedConversation>>
{
    private const int ConversationsAtOnce = 100;

    public Task<IAsyncEnumerable<ExportedConversation>> Handle(ExportConversations request, CancellationToken cancellationToken) =>
        Task.FromResult(ReadAsync(request.User, cancellationToken));

    private async IAsyncEnumerable<ExportedConversation> ReadAsync(UserId user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(ConversationId);
        while (true)
        {
            var page = await db.Conversations.OwnedBy(user).AsNoTracking()
                .Where(conversation => conversation.Id > last)
                .OrderBy(conversation => conversation.Id)
                .Take(ConversationsAtOnce)
                .ToListAsync(cancellationToken);
            foreach (var conversation in page)
            {
                yield return new ExportedConversation(
                    conversation.ExternalId ?? conversation.Id.ToString(),
                    conversation.Title,
                    conversation.CreatedAt,
                    await TurnsOfAsync(user, conversation.Id, cancellationToken));
            }

            if (page.Count < ConversationsAtOnce)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    private async Task<List<ExportedTurn>> TurnsOfAsync(UserId user, ConversationId conversation, CancellationToken cancellationToken)
    {
        var turns = await db.Turns.OwnedBy(user)
            .Where(turn => turn.ConversationId == conversation && turn.Status != TurnStatus.Pending)
            .OrderBy(turn => turn.Id)
            .Select(turn => new { turn.Id, turn.ExternalId, turn.Prompt, turn.Response, turn.Timestamp })
            .ToListAsync(cancellationToken);

        return turns.ConvertAll(turn => new ExportedTurn(turn.ExternalId ?? turn.Id.ToString(), turn.Prompt, turn.Response, turn.Timestamp));
    }
}
