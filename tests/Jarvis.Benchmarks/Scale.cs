namespace Jarvis.Benchmarks;

/// <param name="Runs">Of each measurement; what is told is the median.</param>
/// <param name="RunTime">Of one run under load.</param>
/// <param name="TokenizerWarmup">How many answers there are before anything is timed: most of the code is compiled a second time by then.</param>
/// <param name="Streams">How many streamed answers are timed.</param>
/// <param name="Conversations">How many of them memory has to catch up with.</param>
/// <param name="Jobs">How many empty ones go through the queue.</param>
internal sealed record Scale(int Runs, TimeSpan RunTime, int WarmUp, int Streams, int Conversations, int Jobs)
{
    public static Scale Full { get; } = new(Runs: 3, TimeSpan.FromSeconds(6), WarmUp: 3_000, Streams: 100, Conversations: 300, Jobs: 20_000);

    public static Scale Quick { get; } = new(Runs: 1, TimeSpan.FromSeconds(3), WarmUp: 600, Streams: 20, Conversations: 100, Jobs: 5_000);
}
