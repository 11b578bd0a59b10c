using System.Runtime.CompilerServices;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>One statement, on either engine.</summary>
internal sealed class NearestMemories(JarvisDbContext db, IVectorIndex index) : INearestMemories
{
    private readonly string statement =
        $"WITH {index.Nearest(user: 0, vector: 1, model: 2, count: 3)} SELECT turn_id AS turn, memory_item_id AS item, similarity FROM nearest ORDER BY similarity DESC";

    public async Task<IReadOnlyList<Nearest>> FindAsync(UserId user, QueryVector query, int count, CancellationToken cancellationToken)
    {
        var rows = await db.Database
            .SqlQuery<Row>(FormattableStringFactory.Create(statement, user.Value, index.Parameter(query), query.Model, count))
            .ToListAsync(cancellationToken);

        return [.. rows.Select(row => new Nearest(
            row.Turn is { } turn ? TurnId.From(turn) : null,
            row.Item is { } item ? MemoryItemId.From(item) : null,
            row.Similarity))];
    }

    private sealed record Row(Guid? Turn, Guid? Item, double Similarity);
}
