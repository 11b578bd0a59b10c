using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

/// <summary>Connection settings: commands fail immediately while Redis is unavailable, and connections are restored automatically.</summary>
/// <param name="connectionString">Secret: contains the password.</param>
internal sealed class RedisSettings(string connectionString)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2);

    internal ConfigurationOptions Shared() => Options("jarvis", ResponseTimeout);

    /// <summary>Returns the settings of a separate connection for blocking commands, which delay all later commands of their connection.</summary>
    internal ConfigurationOptions Blocking(TimeSpan maxBlock) => Options("jarvis-wait", maxBlock + ResponseTimeout + ResponseTimeout);

    private ConfigurationOptions Options(string name, TimeSpan responseTimeout)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ClientName = name;
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        options.AsyncTimeout = (int)responseTimeout.TotalMilliseconds;
        options.SyncTimeout = (int)responseTimeout.TotalMilliseconds;
        options.BacklogPolicy = BacklogPolicy.FailFast;

        // Exception messages of the driver are logged, and the key of a session must not be.
        options.IncludeDetailInExceptions = false;
        options.IncludePerformanceCountersInExceptions = false;
        options.ReconnectRetryPolicy = new LinearRetry(maxRetryElapsedTimeAllowedMilliseconds: 500);

        return options;
    }
}
