using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// Finds turns and items in one statement, because an answer waits for it. It ranks their passages in memory, so that the ranking is the
/// same for both engines.
/// </summary>
internal sealed class PassageMemorySearch(JarvisDbContext db, ITermIndex index, IQueryEmbedder embedder, IVectorIndex vectors, TimeProvider clock) : IMemorySearch
{
    private const int OverviewItems = 20;

    /// <summary>Number of nearest vectors, as many as a large budget can contain.</summary>
    private const int NearestCount = 60;

    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        if (OverviewQuestion.IsMatch(query.Text))
        {
            return ResultBudget.Trim(await OverviewAsync(query.User, cancellationToken), query.BudgetChars);
        }

        var now = clock.GetUtcNow();
        var question = SearchQuestion.Parse(query.Text, now);
        if (question.AsksNothing)
        {
            return [];
        }

        var vector = query.LocalOnly && !embedder.IsLocal ? null : await embedder.EmbedQueryAsync(query.Text, cancellationToken);
        var found = await FindAsync(query.User, question, vector, cancellationToken);

        return ResultBudget.Trim(MemoryRanker.Rank(question, found, [.. query.Except.Select(turn => turn.Value)], now), query.BudgetChars);
    }

    private async Task<IEnumerable<Passage>> OverviewAsync(UserId user, CancellationToken cancellationToken)
    {
        var items = await db.MemoryItems.OwnedBy(user).AsNoTracking()
            .Where(item => item.ValidTo == null)
            .OrderByDescending(item => item.Pinned)
            .ThenByDescending(item => item.Salience)
            .ThenByDescending(item => item.Id)
            .Take(OverviewItems)
            .ToListAsync(cancellationToken);

        return items.SelectMany(item => Passage.FindAll(SearchRow.From(item)));
    }

    private async Task<IReadOnlyList<SearchRow>> FindAsync(UserId user, SearchQuestion question, QueryVector? vector, CancellationToken cancellationToken)
    {
        var time = question.Times.FirstOrDefault(mention => !mention.IsLong);
        object[] nearest = vector is null ? [] : [vectors.Parameter(vector), vector.Model, NearestCount];
        object[] parameters = [user.Value, FirstIdAt(time?.From), FirstIdAt(time?.To), .. nearest, index.Parameter(question.Stems)];

        return await db.Database
            .SqlQuery<SearchRow>(FormattableStringFactory.Create(index.Sql(vector is not null), parameters))
            .ToListAsync(cancellationToken);
    }

    // Ids start with the time in milliseconds.
    private static Guid FirstIdAt(DateTimeOffset? time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (time?.ToUnixTimeMilliseconds() ?? 0) << 16);

        return new Guid(bytes, bigEndian: true);
    }
}
