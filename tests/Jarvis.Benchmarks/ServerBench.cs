using System.Diagnostics;
using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Server mode on one machine: a web process and workers on PostgreSQL and Redis, compared with <see cref="Baseline.BaselineApi"/>.
/// </summary>
internal static class ServerBench
{
    private const int People = 16;
    private const string Instant = "jarvis-offline";
    private const string Streaming = "stand-in";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Scale scale)
    {
        var startTime = Stopwatch.GetTimestamp();
        Console.WriteLine($"Jarvis, server mode: PostgreSQL, Redis, Jarvis and its clients on one machine. {MachineInfo.Describe()}");
        Console.WriteLine();

        await using var servers = await BenchmarkServers.StartAsync();
        using var data = new TemporaryDirectory();
        await using var model = await OpenAiStandIn.StartAsync();
        await StartUpAsync(scale, servers);
        await using (var web = await servers.StartWebAsync(("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:ApiKey", Secrets.OpenAiKey)))
        {
            var tokens = await RegisterAsync(web, "warm");
            await Task.Delay(Rest);
            Row("Working set, idle", $"{web.WorkingSetMegabytes:F0} MB");

            await using (var baseline = await StartBaselineAsync(servers, data.NewInside(), tokens[0]))
            {
                await AskBench.WarmUpAsync(web, tokens, scale.WarmUp);
                await AskBench.WarmUpAsync(baseline, tokens, scale.WarmUp);
                await MeasureAnswersAsync(scale, servers, web, baseline, clients: 1);
                await MeasureAnswersAsync(scale, servers, web, baseline, clients: 16);
            }

            Row("Working set, after load", $"{web.WorkingSetMegabytes:F0} MB");
            await web.ChooseModelAsync(tokens[0], Streaming);
            await FirstToken.ReportAsync(scale, web, tokens[0], model);
            await WorkerThroughputBench.ReportAsync(scale, servers, web, tokens[1..]);
        }

        Console.WriteLine();
        Console.WriteLine($"Medians of {scale.Runs}; {Stopwatch.GetElapsedTime(startTime).TotalSeconds:F0} s in total.");
        Console.WriteLine();
        await QueueBench.RunAsync(scale);
    }

    private static async Task StartUpAsync(Scale scale, BenchmarkServers servers)
    {
        var web = await RepeatAsync(scale.Runs, () => StartOnceAsync(servers.StartWebAsync()));
        var worker = await RepeatAsync(scale.Runs, () => StartOnceAsync(servers.StartWorkerAsync()));
        Row("Start-up, web", $"{web.Median():F0} ms", "to the first page");
        Row("Start-up, worker", $"{worker.Median():F0} ms", "to the first readiness response");

        static async Task<double> StartOnceAsync(Task<BenchmarkTarget> starting)
        {
            await using var started = await starting;

            return started.StartUp.TotalMilliseconds;
        }
    }

    private static Task<string[]> RegisterAsync(BenchmarkTarget web, string prefix) => Task.WhenAll(Enumerable.Range(0, People).Select(async number =>
    {
        var token = await web.RegisterAsync($"{prefix}{number}");
        await web.ChooseModelAsync(token, Instant);

        return token;
    }));

    private static async Task<BenchmarkTarget> StartBaselineAsync(BenchmarkServers servers, string directory, string token)
    {
        var wire = await WireTrace.CaptureAsync(servers, token);
        Row("Round trips per answer", $"{wire.PostgresRoundTrips} + {wire.RedisRoundTrips}", "PostgreSQL + Redis, counted on the wire, with a personal access token");
        var statements = Path.Combine(directory, "statements.json");
        await wire.WriteStatementsAsync(statements);

        return await servers.StartBaselineAsync(statements);
    }

    private static async Task MeasureAnswersAsync(Scale scale, BenchmarkServers servers, BenchmarkTarget web, BenchmarkTarget baseline, int clients)
    {
        var (webRuns, baselineRuns, ratios) = (new List<SharedRun>(), new List<SharedRun>(), new List<double>());
        for (var i = 0; i < scale.Runs; i++)
        {
            // New users for each run: PostgreSQL searches more as a user has more turns, for both.
            webRuns.Add(await servers.AskAsync(web, await RegisterAsync(web, $"w{clients}-{i}-"), clients, scale.RunTime));
            baselineRuns.Add(await servers.AskAsync(baseline, await RegisterAsync(web, $"f{clients}-{i}-"), clients, scale.RunTime));
            ratios.Add(webRuns[^1].Asking.PerSecond / baselineRuns[^1].Asking.PerSecond);
        }

        Show($"POST /chat/ask, {Clients(clients)}", webRuns);
        Show("  baseline", baselineRuns);
        Row(
            "  relative to the baseline",
            $"{100 * ratios.Median():F0} %",
            $"run by run {string.Join(", ", ratios.Select(ratio => $"{100 * ratio:F0}"))}; by processor time, which depends less on other load, "
            + $"{100 * baselineRuns.Select(Total).Median() / webRuns.Select(Total).Median():F0} %");
    }

    private static double Total(SharedRun run) => run.Asking.ProcessorMilliseconds + run.PostgresMilliseconds + run.RedisMilliseconds + run.ClientMilliseconds;

    private static void Show(string name, List<SharedRun> runs)
    {
        var results = runs.ConvertAll(run => run.Asking);
        Row(name, $"{results.Select(run => run.PerSecond).Median():F0} /s", FormatRun(results));
        Row(
            "",
            "",
            $"in addition PostgreSQL {runs.Select(run => run.PostgresMilliseconds).Median():F2} ms, Redis {runs.Select(run => run.RedisMilliseconds).Median():F2} ms, "
            + $"the clients {runs.Select(run => run.ClientMilliseconds).Median():F2} ms; {results.Select(run => run.Memories).Median():F1} memories per answer");
    }
}
