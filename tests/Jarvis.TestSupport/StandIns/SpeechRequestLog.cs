namespace Jarvis.TestSupport.StandIns;

/// <summary>Speech request that the stand-in received.</summary>
/// <param name="Key">Bearer token; null if the request had none.</param>
public sealed record SpeechRequestLog(string Model, string Voice, string Text, string Format, double Speed, string? Key)
{
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the response; true if the caller disconnected before the response was complete.</summary>
    public Task<bool> Ended => ended.Task;

    internal void End(bool aborted) => ended.TrySetResult(aborted);
}
