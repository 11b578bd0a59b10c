using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Finds turns and items by their words in one statement, because an answer waits for it, and ranks the passages of what it found
/// here, where it is the same for both engines.
/// </summary>
internal sealed class PassageMemorySearch(JarvisDbContext db, ITermIndex index, TimeProvider clock) : IMemorySearch
{
    private const int OverviewItems = 20;

    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        if (OverviewQuestion.Is(query.Text))
        {
            return RecallBudget.Fill(await OverviewAsync(query.User, cancellationToken), query.BudgetChars);
        }

        var now = clock.GetUtcNow();
        var question = SearchQuestion.Of(query.Text, now);
        if (question.AsksNothing)
        {
            return [];
        }

        var found = await FindAsync(query.User, question, cancellationToken);

        return RecallBudget.Fill(Recall.Of(question, found, [.. query.Except.Select(turn => turn.Value)], now), query.BudgetChars);
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

        return items.SelectMany(item => Passage.In(SearchMatch.Of(item)));
    }

    private async Task<IReadOnlyList<SearchMatch>> FindAsync(UserId user, SearchQuestion question, CancellationToken cancellationToken)
    {
        var stems = question.Stems is { Count: > 0 } some ? some : [NoTerm];
        var time = question.Times.FirstOrDefault(mention => !mention.IsLong);
        object[] parameters = [user.Value, FirstIdAt(time?.From), FirstIdAt(time?.To), .. index.Parameters(stems)];

        return await db.Database
            .SqlQuery<SearchMatch>(FormattableStringFactory.Create(index.Statement(stems.Count), parameters))
            .ToListAsync(cancellationToken);
    }

    /// <summary>No word is cut to it.</summary>
    private const string NoTerm = "-";

    // Ids begin with the time in milliseconds.
    private static Guid FirstIdAt(DateTimeOffset? time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (time?.ToUnixTimeMilliseconds() ?? 0) << 16);

        return new Guid(bytes, bigEndian: true);
    }
}
