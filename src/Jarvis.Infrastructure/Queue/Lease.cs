namespace Jarvis.Infrastructure.Queue;

/// <summary>
/// Keeps a job while it is worked on. Lost is cancelled when Redis says that the lease is no longer ours, and when it could
/// not be renewed for its whole length: from then on another may have the job.
/// </summary>
internal sealed class Lease : IDisposable
{
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
        _ = Task.Run(KeepAsync);
    }

    public CancellationToken Lost => lost.Token;

    /// <summary>Ends the renewing; Lost stays as it is, for whoever still looks at it.</summary>
    public void Dispose() => ended.Cancel();

    private TimeSpan Left => length - clock.GetElapsedTime(renewedAt);

    private async Task KeepAsync()
    {
        try
        {
            while (Left > TimeSpan.Zero)
            {
                await Task.Delay(length / 3 < Left ? length / 3 : Left, clock, ended.Token);
                if (!await TryRenewAsync())
                {
                    break;
                }
            }

            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The job is done or went back.
        }
    }

    // False where the lease is another's; while Redis is away it is ours until it ends.
    private async Task<bool> TryRenewAsync()
    {
        var asked = clock.GetTimestamp();
        try
        {
            if (Left > TimeSpan.Zero && !await renew().WaitAsync(Left, clock, ended.Token))
            {
                return false;
            }

            renewedAt = Left > TimeSpan.Zero ? asked : renewedAt;
        }
        catch (Exception e) when (Redis.RedisOutage.Is(e))
        {
            // Tried again after the next third.
        }

        return true;
    }
}
