using System.Diagnostics;
using System.Net.Http.Json;
using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Latency that Jarvis adds to a speech server: the stand-in returns recorded audio, so that its own time to the first byte is plain HTTP.
/// </summary>
internal static class SpeechBench
{
    private const int SoundBytes = 60_000;
    private const int Clients = 16;

    public static async Task RunAsync(Scale scale)
    {
        Console.WriteLine($"Speech, embedded mode, audio clips of {SoundBytes / 1000} kB. {MachineInfo.Describe()}");
        Console.WriteLine();
        using var data = new TemporaryDirectory();
        await using var speaches = await SpeechStandIn.StartAsync();
        var audio = Audio();
        speaches.Audio = _ => Task.FromResult(audio);
        await using var jarvis = await BenchmarkTarget.StartAsync(data.NewInside(), ("Speech:Speaches:BaseUrl", speaches.BaseUrl.ToString()));
        var token = await jarvis.RegisterAsync();

        await HitsAsync(jarvis, token, TimeSpan.FromSeconds(1));
        var (alone, misses, hits) = (new List<double>(), new List<double>(), new List<double>());
        using var http = new HttpClient();
        using var client = jarvis.Connect(token);
        for (var i = 0; i < 3 * scale.Streams; i++)
        {
            var text = $"Sentence number {i}.";
            alone.Add(await FirstByteAsync(() => http.SendAsync(AskStandIn(speaches, text), HttpCompletionOption.ResponseHeadersRead)));
            misses.Add(await FirstByteAsync(() => AskAsync(client, text)));
            hits.Add(await FirstByteAsync(() => AskAsync(client, text)));
        }

        Row(
            "First byte of a miss, added",
            $"{misses.Median() - alone.Median():F2} ms",
            $"{alone.Median():F2} ms for the server alone, {misses.Median():F2} ms through Jarvis, p99 {misses.Percentile(99):F2} ms");
        Row("First byte of a hit", $"{hits.Median():F2} ms", $"p99 {hits.Percentile(99):F2} ms");

        var runs = await RepeatAsync(scale.Runs, () => HitsAsync(jarvis, token, scale.RunTime));
        Row(
            $"Hits, {Clients} clients",
            $"{runs.Select(run => run.PerSecond).Median():F0} /s",
            $"{runs.Select(run => run.Processor).Median():F2} ms of processor time per request; the server receives {speaches.Requests.Count - alone.Count} requests in total");
    }

    private static async Task<(double PerSecond, double Processor)> HitsAsync(BenchmarkTarget jarvis, string token, TimeSpan time)
    {
        using var deadline = new CancellationTokenSource(time);
        var used = jarvis.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = jarvis.Connect(token);
            var count = 0;
            for (; !deadline.IsCancellationRequested; count++)
            {
                using var response = await AskAsync(client, "The sentence that all clients request.");
                await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null);
            }

            return count;
        })));

        return (counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, (jarvis.ProcessorTime - used).TotalMilliseconds / counts.Sum());
    }

    private static async Task<double> FirstByteAsync(Func<Task<HttpResponseMessage>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await ask();
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await body.CopyToAsync(Stream.Null);

        return first;
    }

    private static Task<HttpResponseMessage> AskAsync(JarvisClient client, string text) =>
        client.Http.SendAsync(client.Request(HttpMethod.Post, "/speech/synthesize", new { text }), HttpCompletionOption.ResponseHeadersRead);

    private static HttpRequestMessage AskStandIn(SpeechStandIn standIn, string text) => new(HttpMethod.Post, standIn.BaseUrl + "/audio/speech")
    {
        Content = JsonContent.Create(new { model = "speaches-ai/Kokoro-82M-v1.0-ONNX", voice = "af_heart", input = text, response_format = "mp3" }),
    };

    // Only needs to look like an MP3.
    private static byte[] Audio()
    {
        var audio = new byte[SoundBytes];
        "ID3"u8.CopyTo(audio);

        return audio;
    }
}
