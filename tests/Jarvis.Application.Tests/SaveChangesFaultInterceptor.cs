using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Application.Tests;

/// <summary>A database that does not respond when something is to be stored, or stores it and does not say so.</summary>
internal sealed class SaveChangesFaultInterceptor : SaveChangesInterceptor
{
    private int failures;
    private int unconfirmed;

    public void Fail(int times) => Volatile.Write(ref failures, times);

    public void FailAfterCommit(int times) => Volatile.Write(ref unconfirmed, times);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref failures) < 0 ? ValueTask.FromResult(result) : throw new TimeoutException("The database does not respond.");

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref unconfirmed) < 0 ? ValueTask.FromResult(result) : throw new TimeoutException("The database was not heard.");
}
