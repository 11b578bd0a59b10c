using System.Runtime.CompilerServices;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Imports;

/// <summary>Exports all conversations of a person in the import format, oldest first. Holds one conversation in memory at a time.</summary>
public sealed record ExportConversations(UserId User) : IRequest<IAsyncEnumerable<ExportedConversation>>;

public sealed record ExportedConversation(string ExternalId, string Title, DateTimeOffset CreatedAt, IReadOnlyList<ExportedTurn> Turns);

/// <param name="Response">Null for a turn without an answer.</param>
public sealed record ExportedTurn(string ExternalId, string Prompt, string? Response, DateTimeOffset At);

internal sealed class ExportConversationsHandler(IJarvisDb db) : IRequestHandler<ExportConversations, IAsyncEnumerable<ExportedConversation>>
{
    private const int ConversationBatchSize = 100;

    public Task<IAsyncEnumerable<ExportedConversation>> Handle(ExportConversations request, CancellationToken cancellationToken) =>
        Task.FromResult(ReadAsync(request.User, cancellationToken));

    private async IAsyncEnumerable<ExportedConversation> ReadAsync(UserId user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Loads the ids first. With a paged query, PostgreSQL would read the conversations of all people in order.
        var ids = await db.Conversations.OwnedBy(user).Select(conversation => conversation.Id).ToListAsync(cancellationToken);
        foreach (var some in ids.Order().Chunk(ConversationBatchSize))
        {
            var page = await db.Conversations.OwnedBy(user).AsNoTracking()
                .Where(conversation => some.Contains(conversation.Id))
                .ToListAsync(cancellationToken);
            foreach (var conversation in page.OrderBy(row => row.Id))
            {
                yield return new ExportedConversation(
                    conversation.ExternalId ?? conversation.Id.ToString(),
                    conversation.Title,
                    conversation.CreatedAt,
                    await LoadTurnsAsync(user, conversation.Id, cancellationToken));
            }
        }
    }

    private async Task<List<ExportedTurn>> LoadTurnsAsync(UserId user, ConversationId conversation, CancellationToken cancellationToken)
    {
        var turns = await db.Turns.OwnedBy(user)
            .Where(turn => turn.ConversationId == conversation && turn.Status != TurnStatus.Pending)
            .OrderBy(turn => turn.Id)
            .Select(turn => new { turn.Id, turn.ExternalId, turn.Prompt, turn.Response, turn.Timestamp })
            .ToListAsync(cancellationToken);

        return turns.ConvertAll(turn => new ExportedTurn(turn.ExternalId ?? turn.Id.ToString(), turn.Prompt, turn.Response, turn.Timestamp));
    }
}
