using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport;
using Jarvis.TestSupport.MemoryExtraction;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Recall of memory search: imports the LoCoMo conversations through the public API, each for its own user, and searches for each question.
/// The result is the share of evidence lines found within a number of characters. With Memory__Embeddings__BaseUrl and
/// Memory__Embeddings__Model in the environment, vectors are used too.
/// </summary>
internal static class MemoryBench
{
    private const string PathVariable = "JARVIS_LOCOMO";

    private static readonly int[] Budgets = [2_000, 4_000, 8_000];

    public static async Task RunAsync(Scale scale)
    {
        Console.WriteLine(MachineInfo.Describe());
        await ReportHeuristicsAsync("English", "en");
        await ReportHeuristicsAsync("Polish", "pl");
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path)
        {
            Console.WriteLine($"LoCoMo: skipped. Set {PathVariable} to the path of locomo10.json or of a part of it.");

            return;
        }

        var file = LocomoFile.Read(path);
        var talks = file.Talks.Take(scale == Scale.Full ? int.MaxValue : 1).ToList();
        Console.WriteLine($"LoCoMo, sha256 {file.Sha256}: {talks.Count} conversations, {talks.Sum(talk => talk.Rows.Count)} turns, n = {talks.Sum(talk => talk.Questions.Count)} questions");
        Console.WriteLine("Evidence recall in percent: all questions, then by category (1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial).");

        foreach (var budget in Budgets)
        {
            Report($"BM25 baseline, {budget} characters", [.. talks.SelectMany(talk => Bm25Baseline.Measure(talk, budget))]);
        }

        await EmbedQuestionsAsync(talks);
        using (var directory = new TemporaryDirectory())
        {
            var data = directory.NewInside();
            await using var jarvis = await BenchmarkTarget.StartAsync(data, ("Memory:Extractor", "Heuristic"));
            await using var database = new ServiceCollection().AddSqlite(Path.Combine(data, "jarvis.db")).BuildServiceProvider();
            await MeasureAsync("SQLite", jarvis, database, talks);
        }

        await using var servers = await BenchmarkServers.StartAsync();
        await using var web = await servers.StartWebAsync();
        await using var worker = await servers.StartWorkerAsync();
        await using var postgres = new ServiceCollection().AddPostgres(servers.Connections.Single(pair => pair.Key == "ConnectionStrings:Postgres").Value).BuildServiceProvider();
        await MeasureAsync("PostgreSQL", web, postgres, talks);
    }

    // Embedding latency is not measured, of which Jarvis waits for 150 ms at most; a cache provides the vectors in time.
    private static async Task EmbedQuestionsAsync(List<LocomoTalk> talks)
    {
        if (Embedder is not { } embedder)
        {
            return;
        }

        Console.WriteLine($"Words and vectors: {embedder.Model} at {embedder.BaseUrl}");
        using var http = new HttpClient();
        foreach (var batch in talks.SelectMany(talk => talk.Questions).Select(question => question.Text).Chunk(50))
        {
            using var answer = await http.PostAsJsonAsync(new Uri($"{embedder.BaseUrl}/embeddings"), new { model = embedder.Model, input = batch });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static (string BaseUrl, string? Model)? Embedder => Environment.GetEnvironmentVariable("Memory__Embeddings__BaseUrl") is { Length: > 0 } address
        ? (address.TrimEnd('/'), Environment.GetEnvironmentVariable("Memory__Embeddings__Model"))
        : null;

    // Reports the last set separately too: the patterns were tuned to the others.
    private static async Task ReportHeuristicsAsync(string name, string language)
    {
        Row($"Heuristics, {name}", "", FormatRow(await ExtractorQuality.MeasureAsync(language)));
        Row($"Heuristics, {name}, “blind”", "", FormatRow(await ExtractorQuality.MeasureAsync(language, "blind")));
    }

    private static string FormatRow(ExtractorQuality quality) => string.Create(
        CultureInfo.InvariantCulture,
        $"precision {quality.Precision:F3}, recall {quality.Recall:F3} (n={quality.Sentences} labelled sentences, {quality.Right} correct, {quality.Wrong} false, {quality.Missed} missed)");

    private static async Task MeasureAsync(string engine, BenchmarkTarget jarvis, IServiceProvider database, List<LocomoTalk> talks)
    {
        var people = new List<(LocomoTalk Talk, string Token)>();
        foreach (var talk in talks)
        {
            people.Add((talk, await jarvis.RegisterAsync($"p{people.Count}")));
            await ImportAsync(jarvis, people[^1].Token, talk);
        }

        if (Embedder is not null)
        {
            await WaitForVectorsAsync(database);
        }

        foreach (var budget in Budgets)
        {
            var answered = new List<(int Category, double Recall)>();
            var byTurn = new List<double>();
            var times = new List<double>();
            foreach (var (talk, token) in people)
            {
                using var client = jarvis.Connect(token);
                foreach (var question in talk.Questions)
                {
                    var start = Stopwatch.GetTimestamp();
                    var found = await client.SendAsync(HttpMethod.Post, "/memory/search", new { query = question.Text, budgetChars = budget });
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    var (recall, turnRecall) = Evidence(talk, question, found, budget);
                    answered.Add((question.Category, recall));
                    byTurn.Add(turnRecall);
                }
            }

            Report($"{engine}, {budget} characters", answered);
            var milliseconds = times.ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {byTurn.Average() * 100:F1} if partial turns count; {milliseconds.Percentile(50):F1} ms per query (p95 {milliseconds.Percentile(95):F1} ms)"));
        }
    }

    private static async Task ImportAsync(BenchmarkTarget jarvis, string token, LocomoTalk talk)
    {
        using var client = jarvis.Connect(token);
        var imported = await client.SendAsync(HttpMethod.Post, "/conversations/import", new
        {
            format = "jarvis",
            conversations = talk.Rows.GroupBy(row => row.Session).Select(session => new
            {
                externalId = $"{talk.Id}-{session.Key}",
                title = $"Session {session.Key}",
                createdAt = session.First().At,
                turns = session.Select(row => new { externalId = row.Id, prompt = row.UserText.Length > 0 ? row.UserText : "(listens)", response = row.AssistantText, at = row.At }),
            }),
        });
        foreach (var conversation in imported.Items("conversations"))
        {
            await client.WaitForMemoryAsync(conversation.Id("conversationId"));
        }
    }

    // Progress has no public API.
    private static async Task WaitForVectorsAsync(IServiceProvider database)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync() && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(20))
        {
            await using var scope = database.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
            var remaining = await db.Database.SqlQuery<int>(
                $"""
                SELECT CAST((SELECT count(*) FROM memory_items WHERE embedding_model IS NULL)
                    + (SELECT count(*) FROM conversation_history WHERE embedding_model IS NULL AND status = 'completed' AND recallable) AS integer) AS "Value"
                """).SingleAsync();
            if (remaining == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All vectors created after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));

                return;
            }
        }

        throw new TimeoutException("The embedding server did not create all vectors within 20 minutes.");
    }

    // Counts a line as found only if it is returned in full.
    private static (double Lines, double Turns) Evidence(LocomoTalk talk, LocomoQuestion question, JsonElement found, int budget)
    {
        var rows = talk.Rows.ToDictionary(row => row.Id);
        var lines = new HashSet<string>();
        var turns = new HashSet<string>();
        var chars = 0;
        foreach (var item in found.GetProperty("items").EnumerateArray())
        {
            var content = item.GetProperty("content").GetString()!;
            chars += content.Length;
            if (item.GetProperty("externalId").GetString() is { } id)
            {
                turns.UnionWith(rows[id].Lines.Keys);
                lines.UnionWith(rows[id].Lines.Where(line => content.Contains(line.Value.Trim(), StringComparison.Ordinal)).Select(line => line.Key));
            }
        }

        return chars <= budget
            ? (question.Evidence.Average(line => lines.Contains(line) ? 1.0 : 0), question.Evidence.Average(line => turns.Contains(line) ? 1.0 : 0))
            : throw new InvalidOperationException($"The search returned {chars} characters; the limit is {budget}.");
    }

    private static void Report(string name, List<(int Category, double Recall)> answered) => Row(
        name,
        string.Create(CultureInfo.InvariantCulture, $"{answered.Average(one => one.Recall) * 100:F1}"),
        string.Join("  ", answered.GroupBy(one => one.Category).OrderBy(group => group.Key).Select(group =>
            string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Average(one => one.Recall) * 100:F1} (n={group.Count()})"))));
}
