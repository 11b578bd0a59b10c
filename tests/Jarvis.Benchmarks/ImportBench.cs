using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Jarvis.TestSupport;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Imports 100,000 turns of 2,000 conversations in embedded and in server mode, and measures the answers to another user at the same time.
/// </summary>
internal static class ImportBench
{
    private const int TurnsEach = 50;

    public static async Task RunAsync(Scale scale)
    {
        var conversations = scale == Scale.Full ? 2_000 : 200;
        Console.WriteLine(MachineInfo.Describe());
        Console.WriteLine($"{conversations} conversations of {TurnsEach} turns in one generated file");
        using (var directory = new TemporaryDirectory())
        {
            await using var jarvis = await BenchmarkTarget.StartAsync(directory.NewInside(), ("Memory:Extractor", "Heuristic"));
            await MeasureAsync("embedded", jarvis, conversations);
        }

        await using var servers = await BenchmarkServers.StartAsync();
        await using var web = await servers.StartWebAsync();
        await MeasureAsync("server", web, conversations);
    }

    private static async Task MeasureAsync(string mode, BenchmarkTarget jarvis, int conversations)
    {
        var token = await jarvis.RegisterAsync();
        var other = await jarvis.RegisterAsync("other");
        using var otherClient = jarvis.Connect(other);
        await otherClient.AskAsync("Hello");
        var before = jarvis.WorkingSetMegabytes;

        var import = ImportAsync(jarvis, token, conversations);
        var answers = new List<double>();
        while (!import.IsCompleted)
        {
            var sent = Stopwatch.GetTimestamp();
            await otherClient.AskAsync("My cat is called Filemon");
            answers.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await Task.Delay(100);
        }

        var first = await import;
        var peak = jarvis.PeakWorkingSetMegabytes;
        var second = await ImportAsync(jarvis, token, conversations);
        var milliseconds = answers.ToArray();
        Row($"Import, {mode}", $"{first.TotalSeconds:F1} s", $"{conversations * TurnsEach / first.TotalSeconds:F0} turns/s; second import of the same file: {second.TotalSeconds:F1} s");
        Row("  working set", $"{peak:F0} MB", $"peak; {before:F0} MB before");
        Row("  answers during import", $"{milliseconds.Percentile(50):F0} ms", $"p50 of {milliseconds.Length}; p95 {milliseconds.Percentile(95):F0} ms, p99 {milliseconds.Percentile(99):F0} ms");
    }

    private static async Task<TimeSpan> ImportAsync(BenchmarkTarget jarvis, string token, int conversations)
    {
        using var client = jarvis.Connect(token);
        client.Http.Timeout = TimeSpan.FromMinutes(30);
        var started = Stopwatch.GetTimestamp();
        using var response = await client.Http.PostAsync("/conversations/import", new Export(conversations));
        var text = await response.Content.ReadAsStringAsync();

        return response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(started) : throw new InvalidOperationException(text);
    }

    /// <summary>Generated file that is never in memory as a whole.</summary>
    private sealed class Export : HttpContent
    {
        private readonly int conversations;

        public Export(int conversations)
        {
            this.conversations = conversations;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("""{"format":"jarvis","conversations":["""u8.ToArray());
            for (var i = 0; i < conversations; i++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes((i > 0 ? "," : "") + Conversation(i)));
            }

            await stream.WriteAsync("]}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;

            return false;
        }

        private static string Conversation(int number)
        {
            var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number);

            return JsonSerializer.Serialize(new
            {
                externalId = $"conversation-{number}",
                title = $"Conversation {number}",
                createdAt = start,
                turns = Enumerable.Range(0, TurnsEach).Select(turn => new
                {
                    externalId = $"turn-{turn}",
                    prompt = BacklogBench.Prompt((number * TurnsEach) + turn),
                    response = $"Here is what I would do about number {turn}: begin with the first line, then look at the second. {new string('.', 400)}",
                    at = start.AddSeconds(turn),
                }),
            });
        }
    }
}
