using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

/// <summary>Logs the start and the end of an outage once, however many calls fail in between.</summary>
internal sealed partial class RedisOutageLogger(ILogger logger, string consequence)
{
    private int isUnavailable;

    /// <summary>Returns true for the exceptions of the driver when Redis doesn't respond or can't serve the command.</summary>
    public static bool IsTransient(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    public void ReportFailure(Exception exception)
    {
        if (Interlocked.Exchange(ref isUnavailable, 1) == 0)
        {
            LogUnavailable(consequence, exception.Message);
        }
    }

    public void ReportSuccess()
    {
        if (Volatile.Read(ref isUnavailable) == 1 && Interlocked.Exchange(ref isUnavailable, 0) == 1)
        {
            LogRecovered();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis isn't responding: {Consequence} ({Reason})")]
    private partial void LogUnavailable(string consequence, string reason);

    [LoggerMessage(LogLevel.Information, "Redis is responding again")]
    private partial void LogRecovered();
}
