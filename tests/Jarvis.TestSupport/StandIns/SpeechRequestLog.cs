namespace Jarvis.TestSupport.StandIns;

/// <summary>What the stand-in was asked to speak.</summary>
/// <param name="Key">The bearer token; null without one.</param>
public sealed record SpeechRequestLog(string Model, string Voice, string Text, string Format, double Speed, string? Key)
{
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the response; true where the caller went away before it was whole.</summary>
    public Task<bool> Ended => ended.Task;

    internal void End(bool aborted) => ended.TrySetResult(aborted);
}
