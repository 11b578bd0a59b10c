namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Ends when the caller goes away, and when the server takes too long: to the first byte, between two, or in all.</summary>
internal sealed class SpeechDeadline : IDisposable
{
    private readonly SpeechOptions limits;
    private readonly TimeProvider clock;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource expired;
    private readonly CancellationTokenRegistration leaving;
    private long firstByte;

    public SpeechDeadline(SpeechOptions limits, TimeProvider clock, CancellationToken caller)
    {
        (this.limits, this.clock, this.caller) = (limits, clock, caller);
        expired = new CancellationTokenSource(limits.FirstByteTimeout, clock);
        leaving = caller.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), expired);
    }

    public CancellationToken Token => expired.Token;

    /// <summary>Whether it was the server that took too long.</summary>
    public bool IsExpired => expired.IsCancellationRequested && !caller.IsCancellationRequested;

    public void FirstByteReceived() => firstByte = clock.GetTimestamp();

    /// <summary>The time for one more piece begins.</summary>
    public void ByteReceived()
    {
        var rest = limits.MaxDuration - clock.GetElapsedTime(firstByte);
        expired.CancelAfter(rest < limits.IdleTimeout ? rest > TimeSpan.Zero ? rest : TimeSpan.Zero : limits.IdleTimeout);
    }

    public void Dispose()
    {
        leaving.Dispose();
        expired.Dispose();
    }
}
