using System.Diagnostics;
using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

internal static class Bench
{
    private const string Instant = "jarvis-offline";
    private const string Streaming = "stand-in";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Scale scale)
    {
        var started = Stopwatch.GetTimestamp();
        Console.WriteLine($"Jarvis, embedded mode. {MachineInfo.Describe()}");
        Console.WriteLine();

        using var data = new TemporaryDirectory();
        await using var model = await OpenAiStandIn.StartAsync();
        await StartUpAsync(scale);
        await using (var jarvis = await BenchmarkTarget.StartAsync(data.NewInside(), ("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:ApiKey", Secrets.OpenAiKey)))
        {
            var token = await jarvis.RegisterAsync();
            await jarvis.ChooseModelAsync(token, Instant);
            await Task.Delay(Rest);
            Row("Working set, idle", $"{jarvis.WorkingSetMegabytes:F0} MB");

            await AskBench.WarmUpAsync(jarvis, [token], scale.WarmUp);
            await MeasureAnswersAsync(scale, jarvis, token, clients: 1);
            await MeasureAnswersAsync(scale, jarvis, token, clients: 16);
            Row("Working set, after load", $"{jarvis.WorkingSetMegabytes:F0} MB");

            await jarvis.ChooseModelAsync(token, Streaming);
            await FirstToken.ReportAsync(scale, jarvis, token, model);
        }

        var jobs = await RepeatAsync(scale.Runs, () => BacklogBench.RunAsync(data.NewInside(), scale.Conversations));
        Row(
            "Memory jobs, heuristics",
            $"{jobs.Select(run => run.PerSecond).Median():F0} /s",
            $"{scale.Conversations} pending conversations, {jobs.Select(run => run.ProcessorMilliseconds).Median():F1} ms of processor time per turn");

        Console.WriteLine();
        Console.WriteLine($"Medians of {scale.Runs}; {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s in total.");
    }

    private static async Task StartUpAsync(Scale scale)
    {
        using var data = new TemporaryDirectory();
        var directory = data.NewInside();
        var first = await StartOnceAsync(directory);
        var starts = await RepeatAsync(scale.Runs, () => StartOnceAsync(directory));
        Row("Start-up, to the first page", $"{starts.Median():F0} ms", $"{first:F0} ms on an empty directory");

        static async Task<double> StartOnceAsync(string directory)
        {
            await using var jarvis = await BenchmarkTarget.StartAsync(directory);

            return jarvis.StartUp.TotalMilliseconds;
        }
    }

    private static async Task MeasureAnswersAsync(Scale scale, BenchmarkTarget jarvis, string token, int clients)
    {
        var runs = await RepeatAsync(scale.Runs, () => AskBench.RunAsync(jarvis, [token], clients, scale.RunTime));
        Row($"POST /chat/ask, {Clients(clients)}", $"{runs.Select(run => run.PerSecond).Median():F0} /s", FormatRun(runs));
    }
}
