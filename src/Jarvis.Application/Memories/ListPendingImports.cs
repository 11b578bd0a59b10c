using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Lists conversations of all people with unprocessed imported turns, oldest first.</summary>
/// <param name="After">Only conversations that started after this one; the default value for all.</param>
public sealed record ListPendingImports(ConversationId After, int Most) : IRequest<IReadOnlyList<MemoryJob>>;

internal sealed class ListPendingImportsHandler(IJarvisDb db) : IRequestHandler<ListPendingImports, IReadOnlyList<MemoryJob>>
{
    public async Task<IReadOnlyList<MemoryJob>> Handle(ListPendingImports request, CancellationToken cancellationToken)
    {
        var pending = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Completed && turn.RememberedAt == null && turn.ExternalId != null)
            .Where(turn => turn.ConversationId > request.After)
            .Select(turn => new { turn.UserId, turn.ConversationId })
            .Distinct()
            .OrderBy(turn => turn.ConversationId)
            .Take(request.Most)
            .ToListAsync(cancellationToken);

        return [.. pending.Select(row => new MemoryJob(row.UserId, row.ConversationId))];
    }
}
