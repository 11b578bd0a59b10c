using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

/// <summary>How Jarvis talks to Redis: nothing waits for one that is away, and every connection comes back by itself.</summary>
/// <param name="connectionString">Secret: it holds the password.</param>
internal sealed class RedisSettings(string connectionString)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2);

    internal ConfigurationOptions Shared() => Options("jarvis", ResponseTimeout);

    /// <summary>A connection of its own for commands that block: they stall everything that comes after them.</summary>
    internal ConfigurationOptions Blocking(TimeSpan maxBlock) => Options("jarvis-wait", maxBlock + ResponseTimeout + ResponseTimeout);

    private ConfigurationOptions Options(string name, TimeSpan answer)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ClientName = name;
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        options.AsyncTimeout = (int)answer.TotalMilliseconds;
        options.SyncTimeout = (int)answer.TotalMilliseconds;
        options.BacklogPolicy = BacklogPolicy.FailFast;

        // What the driver says of a failure stands in the log, and a session's key must not.
        options.IncludeDetailInExceptions = false;
        options.IncludePerformanceCountersInExceptions = false;
        options.ReconnectRetryPolicy = new LinearRetry(maxRetryElapsedTimeAllowedMilliseconds: 500);

        return options;
    }
}
