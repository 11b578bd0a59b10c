using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jarvis.Infrastructure.Redis;

/// <summary>Runs Redis commands that Jarvis can do without: an outage is logged once, and the caller continues with a fallback.</summary>
/// <param name="consequence">Effect of an outage, for the log.</param>
internal sealed class ResilientRedis(ILogger logger, string consequence)
{
    private readonly RedisOutageLogger outage = new(logger, consequence);

    /// <summary>Doesn't log: for callers whose users see the outage, and for commands that another component repeats.</summary>
    public static ResilientRedis Silent { get; } = new(NullLogger.Instance, "");

    /// <summary>Maximum duration of one call.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Skips calls shortly after a failure, for callers that must not wait for each timeout.</summary>
    public RedisCircuitBreaker? CircuitBreaker { get; init; }

    /// <summary>Reports the success of a command that didn't run here.</summary>
    public void ReportSuccess() => outage.ReportSuccess();

    /// <summary>Returns the result, or the fallback during an outage.</summary>
    public Task<T?> TryAsync<T>(Func<Task<T>> command, T? fallback = default, CancellationToken cancellationToken = default) =>
        CircuitBreaker is null || CircuitBreaker.AllowsCall()
            ? RunAsync<T?>(async () => await command(), _ => fallback, cancellationToken)
            : Task.FromResult(fallback);

    /// <summary>Returns false during an outage.</summary>
    public Task<bool> TryAsync(Func<Task> command) => TryAsync(async () =>
    {
        await command();

        return true;
    });

    /// <summary>Returns the result, or that of <paramref name="onOutage"/>, which may throw.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> command, Func<Exception, T> onOutage, CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await command().WaitAsync(Timeout, Clock, cancellationToken);
            CircuitBreaker?.Close();
            outage.ReportSuccess();

            return result;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            CircuitBreaker?.Open();
            outage.ReportFailure(e);

            return onOutage(e);
        }
    }
}
