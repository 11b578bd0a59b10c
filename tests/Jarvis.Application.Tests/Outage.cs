using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Application.Tests;

/// <summary>A database that does not respond when something is to be stored.</summary>
internal sealed class Outage : SaveChangesInterceptor
{
    private int failures;

    public void Fail(int times) => Volatile.Write(ref failures, times);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref failures) < 0 ? ValueTask.FromResult(result) : throw new TimeoutException("The database does not respond.");
}
