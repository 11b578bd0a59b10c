namespace Jarvis.Benchmarks;

/// <param name="Runs">Number of runs of each measurement; the median is reported.</param>
/// <param name="RunTime">Duration of one run under load.</param>
/// <param name="TokenizerWarmup">Number of answers before the measurement: tiered compilation has recompiled most of the code by then.</param>
/// <param name="Streams">Number of streamed answers.</param>
/// <param name="Conversations">Number of conversations in the memory backlog.</param>
/// <param name="Jobs">Number of empty jobs in the queue benchmark.</param>
internal sealed record Scale(int Runs, TimeSpan RunTime, int WarmUp, int Streams, int Conversations, int Jobs)
{
    public static Scale Full { get; } = new(Runs: 3, TimeSpan.FromSeconds(6), WarmUp: 3_000, Streams: 100, Conversations: 300, Jobs: 20_000);

    public static Scale Quick { get; } = new(Runs: 1, TimeSpan.FromSeconds(3), WarmUp: 600, Streams: 20, Conversations: 100, Jobs: 5_000);
}
