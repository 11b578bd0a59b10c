using System.Diagnostics;

namespace Jarvis.Benchmarks;

/// <summary>Throughput of worker processes on a filled queue, with the heuristic extractor.</summary>
internal static class WorkerThroughputBench
{
    private const string PendingTurns = "conversation_history WHERE remembered_at IS NULL AND status = 'completed'";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static async Task ReportAsync(Scale scale, BenchmarkServers servers, BenchmarkTarget web, string[] tokens)
    {
        // Processes all earlier turns before the measurement.
        await using (var first = await servers.StartWorkerAsync())
        {
            await DrainAsync(servers);
        }

        foreach (var workers in new[] { 1, 2 })
        {
            var runs = await Report.RepeatAsync(scale.Runs, () => RunAsync(servers, web, tokens, workers, scale.Conversations));
            Report.Row(
                $"Memory jobs, {workers} worker{(workers == 1 ? "" : "s")}",
                $"{runs.Select(run => run.PerSecond).Median():F0} /s",
                $"heuristics, {scale.Conversations} conversations, {runs.Select(run => run.ProcessorMilliseconds).Median():F1} ms of processor time per job, "
                + $"{runs.Select(run => run.Megabytes).Median():F0} MB per process");
        }
    }

    private static async Task<(double PerSecond, double ProcessorMilliseconds, double Megabytes)> RunAsync(
        BenchmarkServers servers,
        BenchmarkTarget web,
        string[] tokens,
        int count,
        int conversations)
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => servers.StartWorkerAsync()));
        try
        {
            // Workers are suspended while the queue fills, so that only their work is measured.
            await Task.WhenAll(workers.Select(worker => worker.PauseAsync()));
            await Parallel.ForAsync(0, conversations, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            {
                using var client = web.Connect(tokens[number % tokens.Length]);
                await client.AskAsync(BacklogBench.Prompt(number));
            });

            var used = workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.ProcessorTime);
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(workers.Select(worker => worker.ResumeAsync()));
            await DrainAsync(servers);
            var time = Stopwatch.GetElapsedTime(started);

            return (
                conversations / time.TotalSeconds,
                (workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.ProcessorTime) - used).TotalMilliseconds / conversations,
                workers.Average(worker => worker.WorkingSetMegabytes));
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    private static async Task DrainAsync(BenchmarkServers servers)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await servers.CountAsync(PendingTurns) > 0)
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }
}
