using AutoMapper;
using AutoMapper.QueryableExtensions;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <param name="Search">Words of the title or of a turn; null for all conversations.</param>
public sealed record ListConversations(UserId User, int Page, string? Search = null) : IRequest<Page<ConversationRow>>;

public sealed record ConversationRow(ConversationId Id, string Title, Platform Platform, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool WithoutMemory);

internal sealed class ConversationRowMapping : Profile
{
    public ConversationRowMapping() => CreateProjection<Conversation, ConversationRow>();
}

internal sealed class ListConversationsHandler(IJarvisDb db, IConfigurationProvider mapping)
    : IRequestHandler<ListConversations, Page<ConversationRow>>
{
    public Task<Page<ConversationRow>> Handle(ListConversations request, CancellationToken cancellationToken)
    {
        var conversations = db.Conversations.OwnedBy(request.User);
        foreach (var word in (request.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            conversations = conversations.Where(row =>
                row.Title.ToLower().Contains(word.ToLower())
                || db.Turns.OwnedBy(request.User).Any(turn => turn.ConversationId == row.Id && turn.Prompt.ToLower().Contains(word.ToLower())));
        }

        return conversations
            .OrderByDescending(row => row.UpdatedAt)
            .ThenByDescending(row => row.Id)
            .ProjectTo<ConversationRow>(mapping)
            .PageAsync(request.Page, cancellationToken);
    }
}
