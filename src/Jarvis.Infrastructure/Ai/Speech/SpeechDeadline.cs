namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Cancels if the caller cancels, or if the server exceeds a limit: time to the first byte, between two chunks, or in total.
/// </summary>
internal sealed class SpeechDeadline : IDisposable
{
    private readonly SpeechOptions limits;
    private readonly TimeProvider clock;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource expired;
    private readonly CancellationTokenRegistration registration;
    private long firstByte;

    public SpeechDeadline(SpeechOptions limits, TimeProvider clock, CancellationToken caller)
    {
        (this.limits, this.clock, this.caller) = (limits, clock, caller);
        expired = new CancellationTokenSource(limits.FirstByteTimeout, clock);
        registration = caller.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), expired);
    }

    public CancellationToken Token => expired.Token;

    /// <summary>Indicates whether the server exceeded a limit.</summary>
    public bool IsExpired => expired.IsCancellationRequested && !caller.IsCancellationRequested;

    public void FirstByteReceived() => firstByte = clock.GetTimestamp();

    /// <summary>Starts the time limit of the next chunk.</summary>
    public void ByteReceived()
    {
        var rest = limits.MaxDuration - clock.GetElapsedTime(firstByte);
        expired.CancelAfter(rest < limits.IdleTimeout ? rest > TimeSpan.Zero ? rest : TimeSpan.Zero : limits.IdleTimeout);
    }

    public void Dispose()
    {
        registration.Dispose();
        expired.Dispose();
    }
}
