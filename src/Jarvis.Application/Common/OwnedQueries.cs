using Jarvis.Domain.Common;

namespace Jarvis.Application.Common;

public static class OwnedQueries
{
    /// <summary>Starts every query for a person's data.</summary>
    public static IQueryable<T> OwnedBy<T>(this IQueryable<T> rows, UserId user)
        where T : class, IUserOwned =>
        rows.Where(row => row.UserId == user);
}
