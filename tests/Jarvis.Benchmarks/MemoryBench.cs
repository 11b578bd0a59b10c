using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Jarvis.Testing.MemoryExtraction;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>
/// Whether memory finds what an answer needs: LoCoMo's talks are imported by the public API, each for a person of its own, and each of
/// its questions is a search. Counted is the share of the lines with the answer that are given within so many characters.
/// </summary>
internal static class MemoryBench
{
    private const string PathVariable = "JARVIS_LOCOMO";

    private static readonly int[] Budgets = [2_000, 4_000, 8_000];

    public static async Task RunAsync(Scale scale)
    {
        Console.WriteLine(Machine.Describe());
        await ReportHeuristicsAsync("English", "en");
        await ReportHeuristicsAsync("Polish", "pl");
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path)
        {
            Console.WriteLine($"LoCoMo: not measured. Set {PathVariable} to the path of locomo10.json, or of a part of it.");

            return;
        }

        var file = LocomoFile.Read(path);
        var talks = file.Talks.Take(scale == Scale.Full ? int.MaxValue : 1).ToList();
        Console.WriteLine($"LoCoMo, sha256 {file.Sha256}: {talks.Count} talks, {talks.Sum(talk => talk.Rows.Count)} turns, n = {talks.Sum(talk => talk.Questions.Count)} questions");
        Console.WriteLine("Evidence recall in percent: all questions, then by category (1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial).");

        foreach (var budget in Budgets)
        {
            Report($"BM25 baseline, {budget} characters", [.. talks.SelectMany(talk => Bm25Baseline.Measure(talk, budget))]);
        }

        using (var directory = new TemporaryDirectory())
        {
            await using var jarvis = await Subject.StartAsync(directory.NewInside(), ("Memory:Extractor", "Heuristic"));
            await MeasureAsync("SQLite", jarvis, talks);
        }

        await using var servers = await Servers.StartAsync();
        await using var web = await servers.StartWebAsync();
        await using var worker = await servers.StartWorkerAsync();
        await MeasureAsync("PostgreSQL", web, talks);
    }

    // Of the last set alone too: the patterns have learned from the others.
    private static async Task ReportHeuristicsAsync(string name, string language)
    {
        Row($"Heuristics, {name}", "", Shown(await ExtractorQuality.MeasureAsync(language)));
        Row($"Heuristics, {name}, “blind”", "", Shown(await ExtractorQuality.MeasureAsync(language, "blind")));
    }

    private static string Shown(ExtractorQuality quality) => string.Create(
        CultureInfo.InvariantCulture,
        $"precision {quality.Precision:F3}, recall {quality.Recall:F3} (n={quality.Sentences} labelled sentences, {quality.Right} kept rightly, {quality.Wrong} wrongly, {quality.Missed} missed)");

    private static async Task MeasureAsync(string engine, Subject jarvis, List<LocomoTalk> talks)
    {
        var people = new List<(LocomoTalk Talk, string Token)>();
        foreach (var talk in talks)
        {
            people.Add((talk, await jarvis.RegisterAsync($"p{people.Count}")));
            await ImportAsync(jarvis, people[^1].Token, talk);
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
                    var asked = Stopwatch.GetTimestamp();
                    var found = await client.SendAsync(HttpMethod.Post, "/memory/search", new { query = question.Text, budgetChars = budget });
                    times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    var (recall, turnRecall) = Evidence(talk, question, found, budget);
                    answered.Add((question.Category, recall));
                    byTurn.Add(turnRecall);
                }
            }

            Report($"{engine}, {budget} characters", answered);
            var milliseconds = times.ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {byTurn.Average() * 100:F1} where a turn counts that is given in part; {milliseconds.Percentile(50):F1} ms a query (p95 {milliseconds.Percentile(95):F1} ms)"));
        }
    }

    private static async Task ImportAsync(Subject jarvis, string token, LocomoTalk talk)
    {
        using var client = jarvis.Connect(token);
        await client.SendAsync(HttpMethod.Post, "/conversations/import", new
        {
            format = "jarvis",
            conversations = talk.Rows.GroupBy(row => row.Session).Select(session => new
            {
                externalId = $"{talk.Id}-{session.Key}",
                title = $"Session {session.Key}",
                createdAt = session.First().At,
                turns = session.Select(row => new { externalId = row.Id, prompt = row.Said.Length > 0 ? row.Said : "(listens)", response = row.Answered, at = row.At }),
            }),
        });
    }

    // Only what is there in words counts as found: a line of which a part was left out is not.
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
            : throw new InvalidOperationException($"{chars} characters were given where {budget} were allowed.");
    }

    private static void Report(string what, List<(int Category, double Recall)> answered) => Row(
        what,
        string.Create(CultureInfo.InvariantCulture, $"{answered.Average(one => one.Recall) * 100:F1}"),
        string.Join("  ", answered.GroupBy(one => one.Category).OrderBy(group => group.Key).Select(group =>
            string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Average(one => one.Recall) * 100:F1} (n={group.Count()})"))));
}
