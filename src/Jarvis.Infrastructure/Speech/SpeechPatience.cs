namespace Jarvis.Infrastructure.Speech;

/// <summary>Ends when the caller goes away, and when the server takes too long: to the first byte, between two, or in all.</summary>
internal sealed class SpeechPatience : IDisposable
{
    private readonly SpeechOptions limits;
    private readonly TimeProvider clock;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource over;
    private readonly CancellationTokenRegistration leaving;
    private long firstByte;

    public SpeechPatience(SpeechOptions limits, TimeProvider clock, CancellationToken caller)
    {
        (this.limits, this.clock, this.caller) = (limits, clock, caller);
        over = new CancellationTokenSource(limits.FirstByteTimeout, clock);
        leaving = caller.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), over);
    }

    public CancellationToken Token => over.Token;

    /// <summary>Whether it was the server that took too long.</summary>
    public bool IsOver => over.IsCancellationRequested && !caller.IsCancellationRequested;

    public void Begun() => firstByte = clock.GetTimestamp();

    /// <summary>The time for one more piece begins.</summary>
    public void Next()
    {
        var rest = limits.LongestTime - clock.GetElapsedTime(firstByte);
        over.CancelAfter(rest < limits.IdleTimeout ? rest > TimeSpan.Zero ? rest : TimeSpan.Zero : limits.IdleTimeout);
    }

    public void Dispose()
    {
        leaving.Dispose();
        over.Dispose();
    }
}
