using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Application.Tests;

/// <summary>Fails a save, either before it stores anything or after it has stored without confirmation.</summary>
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
        Interlocked.Decrement(ref unconfirmed) < 0 ? ValueTask.FromResult(result) : throw new TimeoutException("The database did not confirm.");
}
