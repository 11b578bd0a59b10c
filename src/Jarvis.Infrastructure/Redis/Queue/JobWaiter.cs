using System.Globalization;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Waits for a job on a separate connection, which the first use opens: a process without a worker never opens it.</summary>
internal sealed class JobWaiter(RedisSettings settings, QueueKeys keys) : IDisposable
{
    /// <summary>Short, so that a shutdown is prompt even if the server doesn't notice that the client disconnected.</summary>
    public static readonly TimeSpan MaxBlock = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim semaphore = new(1);
    private ConnectionMultiplexer? connection;

    /// <summary>
    /// Returns when a job was moved to <see cref="QueueKeys.Leased"/>, when the time is over, or when another caller in this process
    /// waited for the same time. A connection runs one blocking command at a time, and each job wakes one caller.
    /// </summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var time = atMost < MaxBlock ? atMost : MaxBlock;
        if (time <= TimeSpan.Zero || !await semaphore.WaitAsync(time, cancellationToken))
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
            semaphore.Release();
        }
    }

    public void Dispose()
    {
        // Plain disposal would wait for the blocking command. The semaphore isn't disposed: a caller may still wait for it.
        connection?.Close(allowCommandsToComplete: false);
        connection?.Dispose();
    }
}
