namespace Jarvis.Infrastructure.Redis;

/// <summary>
/// Blocks calls for two seconds after a failure, so that callers don't wait for a timeout each time. Then one call probes Redis
/// while the others are still blocked.
/// </summary>
internal sealed class RedisCircuitBreaker(TimeProvider clock)
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(2);

    // Timestamp of the next probe; 0 while Redis responds.
    private long nextProbe;

    public bool AllowsCall()
    {
        var planned = Volatile.Read(ref nextProbe);

        return planned == 0 || (clock.GetTimestamp() >= planned && Interlocked.CompareExchange(ref nextProbe, AfterBreak(), planned) == planned);
    }

    public void Open() => Volatile.Write(ref nextProbe, AfterBreak());

    public void Close() => Volatile.Write(ref nextProbe, 0);

    private long AfterBreak() => clock.GetTimestamp() + (long)(BreakDuration.TotalSeconds * clock.TimestampFrequency);
}
