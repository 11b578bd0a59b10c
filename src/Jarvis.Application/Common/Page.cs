using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Common;

/// <summary>One page of a list. The first page is number 1.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, int Total)
{
    public bool HasMore => Number * Size < Total;
}

internal static class Paging
{
    public const int DefaultSize = 30;

    /// <summary>Treats a page number below 1 as the first page, so that a wrong link still shows data.</summary>
    public static async Task<Page<T>> PageAsync<T>(this IQueryable<T> rows, int number, CancellationToken cancellationToken)
    {
        number = Math.Clamp(number, 1, int.MaxValue / DefaultSize);
        var total = await rows.CountAsync(cancellationToken);
        var items = await rows.Skip((number - 1) * DefaultSize).Take(DefaultSize).ToListAsync(cancellationToken);

        return new Page<T>(items, number, DefaultSize, total);
    }
}
