using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

/// <summary>Says once that Redis is away and once that it is back, however many calls fail in between.</summary>
internal sealed partial class RedisOutage(ILogger logger, string consequence)
{
    private int away;

    /// <summary>What the driver throws when Redis does not answer, or answers that it cannot serve.</summary>
    public static bool Is(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    public void Began(Exception exception)
    {
        if (Interlocked.Exchange(ref away, 1) == 0)
        {
            LogAway(consequence, exception.Message);
        }
    }

    public void Ended()
    {
        if (Volatile.Read(ref away) == 1 && Interlocked.Exchange(ref away, 0) == 1)
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer: {Consequence} ({Reason})")]
    private partial void LogAway(string consequence, string reason);

    [LoggerMessage(LogLevel.Information, "Redis answers again")]
    private partial void LogBack();
}
