using Jarvis.Infrastructure.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// Keeps a job while it is worked on. Lost is cancelled when Redis says that the lease is no longer ours, and when it could
/// not be renewed for its whole length: from then on another may have the job.
/// </summary>
internal sealed class Lease : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(900);

    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Func<Task<bool>> renew;
    private readonly TimeSpan length;
    private readonly TimeProvider clock;
    private long renewedAt;

    /// <param name="takenAt">Timestamp of the clock from before the lease was asked for.</param>
    public Lease(Func<Task<bool>> renew, TimeSpan length, long takenAt, TimeProvider clock)
    {
        (this.renew, this.length, this.clock, renewedAt) = (renew, length, clock, takenAt);
        _ = KeepAliveAsync();
    }

    public CancellationToken Lost => lost.Token;

    /// <summary>
    /// Whether it is ours at this moment. A process that was stopped and woken knows nothing of the time between: it asks
    /// Redis, and its clock only where Redis does not answer.
    /// </summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (!lost.IsCancellationRequested && await TryRenewAsync(Timeout, cancellationToken) && Remaining > TimeSpan.Zero)
        {
            return true;
        }

        await lost.CancelAsync();

        return false;
    }

    /// <summary>Ends the renewing; Lost stays as it is, for whoever still looks at it.</summary>
    public void Dispose() => ended.Cancel();

    private TimeSpan Remaining => length - clock.GetElapsedTime(Volatile.Read(ref renewedAt));

    private async Task KeepAliveAsync()
    {
        var held = true;
        while (held)
        {
            // Most jobs are done long before: their end is no exception.
            await Task.Delay(NextRenewal, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            held = await TryRenewAsync(Remaining, CancellationToken.None);
        }

        // What Redis says of a job that ended meanwhile is of no matter.
        if (!ended.IsCancellationRequested)
        {
            await lost.CancelAsync();
        }
    }

    private TimeSpan NextRenewal => TimeSpan.FromTicks(Math.Clamp(Remaining.Ticks, 0, length.Ticks / 3));

    // False where the lease is another's; while Redis is away it is ours until it ends.
    private async Task<bool> TryRenewAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        try
        {
            if (Remaining <= TimeSpan.Zero)
            {
                return false;
            }

            if (!await renew().WaitAsync(timeout, clock, cancellationToken))
            {
                return false;
            }

            if (Remaining > TimeSpan.Zero)
            {
                Volatile.Write(ref renewedAt, asked);
            }
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            // Tried again after the next third.
        }

        return true;
    }
}
