using System.Diagnostics;
using Jarvis.Testing.StandIns;

namespace Jarvis.Benchmarks;

internal static class Bench
{
    private const string Instant = "jarvis-offline";
    private const string Streaming = "stand-in";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Scale scale)
    {
        var begun = Stopwatch.GetTimestamp();
        Console.WriteLine($"Jarvis, embedded mode. {Machine.Describe()}");
        Console.WriteLine();

        using var data = new TemporaryDirectory();
        await using var model = await OpenAiStandIn.StartAsync();
        await StartUpAsync(scale);
        await using (var jarvis = await Subject.StartAsync(data.NewInside(), ("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:ApiKey", "any")))
        {
            var token = await jarvis.RegisterAsync();
            await jarvis.ChooseModelAsync(token, Instant);
            await Task.Delay(Rest);
            Row("Working set, idle", $"{jarvis.WorkingSetMegabytes:F0} MB");

            await Asking.WarmUpAsync(jarvis, token, scale.WarmUp);
            await AskingAsync(scale, jarvis, token, clients: 1);
            await AskingAsync(scale, jarvis, token, clients: 16);
            Row("Working set, after load", $"{jarvis.WorkingSetMegabytes:F0} MB");

            await jarvis.ChooseModelAsync(token, Streaming);
            await FirstTokenAsync(scale, jarvis, token, model);
        }

        var jobs = await RepeatAsync(scale.Runs, () => CatchingUp.RunAsync(data.NewInside(), scale.Conversations));
        Row(
            "Memory jobs, heuristics",
            $"{jobs.Select(run => run.PerSecond).Median():F0} /s",
            $"{scale.Conversations} conversations behind, {jobs.Select(run => run.ProcessorMilliseconds).Median():F1} ms of processor each");

        Console.WriteLine();
        Console.WriteLine($"Medians of {scale.Runs}; {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s in all.");
    }

    private static async Task StartUpAsync(Scale scale)
    {
        using var data = new TemporaryDirectory();
        var directory = data.NewInside();
        var first = await StartOnceAsync(directory);
        var again = await RepeatAsync(scale.Runs, () => StartOnceAsync(directory));
        Row("Start-up, to the first page", $"{again.Median():F0} ms", $"{first:F0} ms on an empty directory");

        static async Task<double> StartOnceAsync(string directory)
        {
            await using var jarvis = await Subject.StartAsync(directory);

            return jarvis.StartUp.TotalMilliseconds;
        }
    }

    private static async Task AskingAsync(Scale scale, Subject jarvis, string token, int clients)
    {
        var runs = await RepeatAsync(scale.Runs, () => Asking.RunAsync(jarvis, token, clients, scale.RunTime));
        Row(
            $"POST /chat/ask, {clients} client{(clients == 1 ? "" : "s")}",
            $"{runs.Select(run => run.PerSecond).Median():F0} /s",
            $"p50 {runs.Select(run => run.Milliseconds.Percentile(50)).Median():F1} ms, p99 {runs.Select(run => run.Milliseconds.Percentile(99)).Median():F1} ms, "
            + $"{runs.Select(run => run.ProcessorMilliseconds).Median():F1} ms of processor each");
    }

    private static async Task FirstTokenAsync(Scale scale, Subject jarvis, string token, OpenAiStandIn model)
    {
        using var client = jarvis.Connect(token);
        var alone = new List<double>();
        var through = new List<double>();
        for (var i = 0; i < scale.Streams; i++)
        {
            alone.Add(await FirstToken.OfModelAsync(model));
            through.Add(await FirstToken.ThroughJarvisAsync(client));
        }

        Row(
            "First token, added",
            $"{through.Median() - alone.Median():F1} ms",
            $"{alone.Median():F1} ms the model alone, {through.Median():F1} ms through Jarvis");
    }

    private static async Task<List<T>> RepeatAsync<T>(int times, Func<Task<T>> measure)
    {
        var results = new List<T>();
        for (var i = 0; i < times; i++)
        {
            results.Add(await measure());
        }

        return results;
    }

    private static void Row(string name, string value, string more = "") => Console.WriteLine($"{name,-30}{value,10}   {more}");
}
