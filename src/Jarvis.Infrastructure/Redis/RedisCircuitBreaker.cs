namespace Jarvis.Infrastructure.Redis;

/// <summary>
/// After a failure Redis is left alone for a moment, for who must not wait for it time and again: then one call finds out
/// whether it is back, and the others still do without.
/// </summary>
internal sealed class RedisCircuitBreaker(TimeProvider clock)
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(2);

    // The timestamp of the next try; 0 while Redis answers.
    private long next;

    public bool AllowsCall()
    {
        var planned = Volatile.Read(ref next);

        return planned == 0 || (clock.GetTimestamp() >= planned && Interlocked.CompareExchange(ref next, TryEnterHalfOpen(), planned) == planned);
    }

    public void Open() => Volatile.Write(ref next, TryEnterHalfOpen());

    public void Close() => Volatile.Write(ref next, 0);

    private long TryEnterHalfOpen() => clock.GetTimestamp() + (long)(BreakDuration.TotalSeconds * clock.TimestampFrequency);
}
