namespace Jarvis.Infrastructure.Redis;

/// <summary>
/// After a failure Redis is left alone for a moment, for who must not wait for it time and again: then one call finds out
/// whether it is back, and the others still do without.
/// </summary>
internal sealed class RedisPause(TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    // The timestamp of the next try; 0 while Redis answers.
    private long next;

    public bool MayAsk()
    {
        var planned = Volatile.Read(ref next);

        return planned == 0 || (clock.GetTimestamp() >= planned && Interlocked.CompareExchange(ref next, AfterAMoment(), planned) == planned);
    }

    public void Began() => Volatile.Write(ref next, AfterAMoment());

    public void Ended() => Volatile.Write(ref next, 0);

    private long AfterAMoment() => clock.GetTimestamp() + (long)(Moment.TotalSeconds * clock.TimestampFrequency);
}
