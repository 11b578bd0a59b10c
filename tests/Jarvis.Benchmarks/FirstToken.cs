using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Benchmarks;

/// <summary>Time to the first token of a streamed answer: of the model alone and through Jarvis.</summary>
internal static class FirstToken
{
    public static async Task ReportAsync(Scale scale, BenchmarkTarget jarvis, string token, OpenAiStandIn model)
    {
        using var client = jarvis.Connect(token);
        var direct = new List<double>();
        var through = new List<double>();
        for (var i = 0; i < scale.Streams; i++)
        {
            direct.Add(await MeasureModelAsync(model));
            through.Add(await MeasureJarvisAsync(client));
        }

        Report.Row(
            "First token, added",
            $"{through.Median() - direct.Median():F1} ms",
            $"{direct.Median():F1} ms for the model alone, {through.Median():F1} ms through Jarvis");
    }

    private static async Task<double> MeasureModelAsync(OpenAiStandIn model)
    {
        using var http = new HttpClient();

        return await TimeAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, model.BaseUrl + "/chat/completions");
            request.Content = JsonContent.Create(new { model = "stand-in", stream = true, messages = new[] { new { role = "user", content = "How are you?" } } });

            return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }, chunk => chunk.Data.Contains("\"content\":\"", StringComparison.Ordinal) && !chunk.Data.Contains("\"content\":\"\"", StringComparison.Ordinal));
    }

    private static Task<double> MeasureJarvisAsync(JarvisClient client) =>
        TimeAsync(() => client.StartStreamAsync("How are you?"), item => item.EventType == "delta");

    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> ask, Func<SseItem<string>, bool> isFirstToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await ask();
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        double? first = null;
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            if (first is null && isFirstToken(item))
            {
                first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return first ?? throw new InvalidOperationException("The stream contained no text.");
    }
}
