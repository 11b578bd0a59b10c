using AutoMapper;
using AutoMapper.QueryableExtensions;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using MediatR;

namespace Jarvis.Application.Memories;

/// <summary>What Jarvis knows about a person: pinned first, then the newest.</summary>
/// <param name="Search">Words of the content; null for all.</param>
public sealed record ListMemories(UserId User, int Page, string? Search = null, MemoryKind? Kind = null) : IRequest<Page<MemoryRow>>;

public sealed record MemoryRow(
    MemoryItemId Id,
    MemoryKind Kind,
    string Content,
    float Salience,
    TurnId? SourceTurnId,
    ConversationId? ConversationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    MemoryItemId? SupersededBy,
    bool Pinned);

internal sealed class MemoryRowMapping : Profile
{
    // The salience itself and not its value: value conversion makes the two one column.
    public MemoryRowMapping() =>
        CreateProjection<MemoryItem, MemoryRow>()
            .ForCtorParam(nameof(MemoryRow.Salience), row => row.MapFrom(item => (float)(object)item.Salience));
}

internal sealed class ListMemoriesHandler(IJarvisDb db, IConfigurationProvider mapping) : IRequestHandler<ListMemories, Page<MemoryRow>>
{
    public Task<Page<MemoryRow>> Handle(ListMemories request, CancellationToken cancellationToken)
    {
        var items = db.MemoryItems.OwnedBy(request.User);
        if (request.Kind is { } kind)
        {
            items = items.Where(item => item.Kind == kind);
        }

        foreach (var word in (request.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            items = items.Where(item => item.Content.ToLower().Contains(word.ToLower()));
        }

        return items
            .OrderByDescending(item => item.Pinned)
            .ThenByDescending(item => item.Id)
            .ProjectTo<MemoryRow>(mapping)
            .PageAsync(request.Page, cancellationToken);
    }
}
