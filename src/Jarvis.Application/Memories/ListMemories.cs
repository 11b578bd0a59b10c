using AutoMapper;
using AutoMapper.QueryableExtensions;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Lists a person's memories: pinned ones first, then the newest.</summary>
/// <param name="Search">Words of the content, in any form; null for all memories.</param>
/// <param name="Past">True for past memories, false for valid ones; null for both.</param>
/// <param name="History">Only this memory, its predecessors and its successors; null for all memories.</param>
public sealed record ListMemories(
    UserId User,
    int Page,
    string? Search = null,
    MemoryKind? Kind = null,
    bool? Past = null,
    MemoryItemId? History = null) : IRequest<Page<MemoryRow>>;

public sealed record MemoryRow(
    MemoryItemId Id,
    MemoryKind Kind,
    string Content,
    float Salience,
    TurnId? SourceTurnId,
    ConversationId? ConversationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    MemoryItemId? SupersededBy,
    bool Pinned)
{
    /// <summary>Successor.</summary>
    public MemoryRow? Next { get; init; }

    /// <summary>Predecessors, newest first.</summary>
    public IReadOnlyList<MemoryRow> Previous { get; init; } = [];
}

internal sealed class MemoryRowMapping : Profile
{
    // Projects the salience and not its value, because the value conversion maps both to one column.
    public MemoryRowMapping() =>
        CreateProjection<MemoryItem, MemoryRow>()
            .ForCtorParam(nameof(MemoryRow.Salience), row => row.MapFrom(item => (float)(object)item.Salience))
            .ForMember(row => row.Next, member => member.Ignore())
            .ForMember(row => row.Previous, member => member.Ignore());
}

internal sealed class ListMemoriesHandler(IJarvisDb db, IMemoryTextFilter words, IConfigurationProvider mapping)
    : IRequestHandler<ListMemories, Page<MemoryRow>>
{
    /// <summary>Limit of the history; a longer one is cut to the nearest entries.</summary>
    private const int MaxSteps = 20;

    public async Task<Page<MemoryRow>> Handle(ListMemories request, CancellationToken cancellationToken)
    {
        var items = db.MemoryItems.OwnedBy(request.User);
        if (request.History is { } one)
        {
            var related = await LoadRelatedAsync(request.User, one, cancellationToken);
            items = items.Where(item => related.Contains(item.Id));
        }

        if (request.Kind is { } kind)
        {
            items = items.Where(item => item.Kind == kind);
        }

        if (request.Past is { } past)
        {
            items = items.Where(item => item.ValidTo != null == past);
        }

        foreach (var word in (request.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var having = words.Filter(request.User, word);
            items = items.Where(item => item.Content.ToLower().Contains(word.ToLower()) || having.Contains(item.Id));
        }

        var ordered = request.History is null
            ? items.OrderByDescending(item => item.Pinned).ThenByDescending(item => item.Id)
            : items.OrderByDescending(item => item.ValidFrom).ThenByDescending(item => item.Id);
        var page = await ordered.ProjectTo<MemoryRow>(mapping).PageAsync(request.Page, cancellationToken);

        return page with { Items = await AddNeighboursAsync(request.User, page.Items, cancellationToken) };
    }

    private async Task<HashSet<MemoryItemId>> LoadRelatedAsync(UserId user, MemoryItemId one, CancellationToken cancellationToken)
    {
        HashSet<MemoryItemId> related = [one];
        for (var before = 0; before < related.Count && related.Count < MaxSteps;)
        {
            before = related.Count;
            var links = await db.MemoryItems.OwnedBy(user)
                .Where(item => item.SupersededBy != null && (related.Contains(item.Id) || related.Contains(item.SupersededBy.Value)))
                .Select(item => new { item.Id, Next = item.SupersededBy!.Value })
                .ToListAsync(cancellationToken);
            related.UnionWith(links.SelectMany(link => new[] { link.Id, link.Next }));
        }

        return related;
    }

    private async Task<IReadOnlyList<MemoryRow>> AddNeighboursAsync(UserId user, IReadOnlyList<MemoryRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var next = rows.Select(row => row.SupersededBy).OfType<MemoryItemId>().ToList();
        var neighbours = await db.MemoryItems.OwnedBy(user)
            .Where(item => next.Contains(item.Id) || (item.SupersededBy != null && ids.Contains(item.SupersededBy.Value)))
            .OrderByDescending(item => item.ValidFrom)
            .ProjectTo<MemoryRow>(mapping)
            .ToListAsync(cancellationToken);

        return
        [
            .. rows.Select(row => row with
            {
                Next = neighbours.Find(other => other.Id == row.SupersededBy),
                Previous = [.. neighbours.Where(other => other.SupersededBy == row.Id)],
            }),
        ];
    }
}
