using System.Globalization;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Waits at the list on a connection of its own, made at first use: a process without a worker never needs it.</summary>
internal sealed class JobWaiter(RedisSettings settings, QueueKeys keys) : IDisposable
{
    /// <summary>Short enough that a stop is prompt even where the server does not notice that we left.</summary>
    public static readonly TimeSpan MaxBlock = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim turnstile = new(1);
    private ConnectionMultiplexer? connection;

    /// <summary>
    /// Returns when a job was moved aside, when the time is over, or when another waiter of this process has waited as long:
    /// one blocking command at a time is all that one connection can do, and each job wakes one waiter.
    /// </summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var time = atMost < MaxBlock ? atMost : MaxBlock;
        if (time <= TimeSpan.Zero || !await turnstile.WaitAsync(time, cancellationToken))
        {
            return;
        }

        try
        {
            connection ??= await ConnectionMultiplexer.ConnectAsync(settings.Blocking(MaxBlock));
            var seconds = Math.Max(time.TotalSeconds, 0.01).ToString("0.###", CultureInfo.InvariantCulture);
            await connection.GetDatabase()
                .ExecuteAsync("BLMOVE", keys.List, keys.Leased, "RIGHT", "LEFT", seconds)
                .WaitAsync(cancellationToken);
        }
        finally
        {
            turnstile.Release();
        }
    }

    public void Dispose()
    {
        // Not for the blocking command, for which plain disposal waits. The turnstile stays: somebody may still be in it.
        connection?.Close(allowCommandsToComplete: false);
        connection?.Dispose();
    }
}
