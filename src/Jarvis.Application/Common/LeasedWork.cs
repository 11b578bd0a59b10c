using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Jarvis.Application.Common;

/// <summary>
/// Leases of rows in the database. Every lease has a new number, and each later statement of its holder requires that number, so a
/// process that was paused beyond its lease changes nothing.
/// </summary>
internal static class LeasedWork
{
    /// <summary>Returns the rows that no process holds, the one that has waited longest first.</summary>
    public static IQueryable<T> Due<T>(this IQueryable<T> rows, DateTimeOffset now)
        where T : class, ILeased =>
        rows.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt);

    /// <summary>Leases one row. Returns false if another process leased it after it was read, or it no longer exists.</summary>
    /// <param name="attempts">Number of leases when the row was read.</param>
    /// <param name="also">Further columns that the lease changes.</param>
    public static Task<bool> TryLeaseAsync<T>(
        this IQueryable<T> row, int attempts, DateTimeOffset until, CancellationToken cancellationToken, Action<UpdateSettersBuilder<T>>? also = null)
        where T : class, ILeased =>
        row.UpdateAsync(attempts, attempts + 1, until, also, cancellationToken);

    /// <summary>
    /// Extends a lease, or releases it until the next attempt. Returns false if the caller lost the lease: another process has it, or
    /// the row no longer exists.
    /// </summary>
    public static Task<bool> TryRenewAsync<T>(
        this IQueryable<T> row, int attempts, DateTimeOffset until, CancellationToken cancellationToken, Action<UpdateSettersBuilder<T>>? also = null)
        where T : class, ILeased =>
        row.UpdateAsync(attempts, attempts, until, also, cancellationToken);

    /// <summary>Deletes a row whose work is done. It has no effect without the lease.</summary>
    public static Task CompleteAsync<T>(this IQueryable<T> row, int attempts, CancellationToken cancellationToken)
        where T : class, ILeased =>
        row.Where(held => held.Attempts == attempts).ExecuteDeleteAsync(cancellationToken);

    // One statement: the first of two processes wins.
    private static async Task<bool> UpdateAsync<T>(
        this IQueryable<T> row, int attempts, int next, DateTimeOffset until, Action<UpdateSettersBuilder<T>>? also, CancellationToken cancellationToken)
        where T : class, ILeased
    {
        var updated = await row.Where(held => held.Attempts == attempts).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(held => held.Attempts, next).SetProperty(held => held.DueAt, until);
                also?.Invoke(set);
            },
            cancellationToken);

        return updated > 0;
    }
}
