namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// Renews the lease of a job while a worker runs it. Lost is cancelled when Redis reports that another worker has the lease, and
/// when no renewal succeeded for the whole length of the lease: from then on another worker may lease the job.
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

    /// <param name="takenAt">Timestamp from before the lease was requested.</param>
    public Lease(Func<Task<bool>> renew, TimeSpan length, long takenAt, TimeProvider clock)
    {
        (this.renew, this.length, this.clock, renewedAt) = (renew, length, clock, takenAt);
        _ = KeepAliveAsync();
    }

    public CancellationToken Lost => lost.Token;

    /// <summary>
    /// Returns true if this worker has the lease now. A process that was paused and resumed doesn't know how long it was paused,
    /// so the check asks Redis. It relies on the clock only if Redis doesn't respond.
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

    /// <summary>Stops the renewal. Lost keeps its state for callers that still read it.</summary>
    public void Dispose() => ended.Cancel();

    private TimeSpan Remaining => length - clock.GetElapsedTime(Volatile.Read(ref renewedAt));

    private async Task KeepAliveAsync()
    {
        var held = true;
        while (held)
        {
            // Without an exception: most jobs complete long before the first renewal.
            await Task.Delay(NextRenewal, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            held = await TryRenewAsync(Remaining, CancellationToken.None);
        }

        // The job may have completed during the renewal.
        if (!ended.IsCancellationRequested)
        {
            await lost.CancelAsync();
        }
    }

    private TimeSpan NextRenewal => TimeSpan.FromTicks(Math.Clamp(Remaining.Ticks, 0, length.Ticks / 3));

    // Returns false if another worker has the lease. During an outage the lease is valid until it expires.
    private async Task<bool> TryRenewAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Remaining <= TimeSpan.Zero)
        {
            return false;
        }

        // Null during an outage; the next renewal follows after a third of the length.
        var requestedAt = clock.GetTimestamp();
        var renewed = await ResilientRedis.Silent.TryAsync<bool?>(
            async () => await renew().WaitAsync(timeout, clock, cancellationToken),
            cancellationToken: cancellationToken);
        if (renewed == true && Remaining > TimeSpan.Zero)
        {
            Volatile.Write(ref renewedAt, requestedAt);
        }

        return renewed != false;
    }
}
