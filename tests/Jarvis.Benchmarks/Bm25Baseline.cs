using System.Text.RegularExpressions;

namespace Jarvis.Benchmarks;

/// <summary>BM25 in a few lines as a baseline: over the same turns, each indexed with one neighbour on either side.</summary>
internal static partial class Bm25Baseline
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private static readonly HashSet<string> Common =
    [
        .. ("a an the and or of to in on for with at by is are was were be been do does did has have had i you he she it they we me him her them my your his "
            + "their our this that these those what which who whom when where why how").Split(' '),
    ];

    public static IEnumerable<(int Category, double Recall)> Measure(LocomoTalk talk, int budget)
    {
        var texts = talk.Rows.Select(row => $"{talk.First}: {row.UserText}\n{talk.Second}: {row.AssistantText}").ToList();
        var words = texts.ConvertAll(Words);
        var indexed = words.Select((_, i) => words
                .Where((_, j) => Math.Abs(i - j) <= 1 && talk.Rows[i].Session == talk.Rows[j].Session)
                .SelectMany(list => list)
                .GroupBy(word => word)
                .ToDictionary(group => group.Key, group => group.Count()))
            .ToList();
        var lengths = indexed.ConvertAll(counts => (double)counts.Values.Sum());
        foreach (var question in talk.Questions)
        {
            var scores = Score(indexed, lengths, Words(question.Text));
            var remaining = budget;
            var found = new HashSet<string>();
            foreach (var i in Enumerable.Range(0, texts.Count).OrderByDescending(i => scores[i]).TakeWhile(i => (remaining -= texts[i].Length) >= 0))
            {
                found.UnionWith(talk.Rows[i].Lines.Keys);
            }

            yield return (question.Category, question.Evidence.Average(line => found.Contains(line) ? 1.0 : 0));
        }
    }

    private static double[] Score(List<Dictionary<string, int>> indexed, List<double> lengths, List<string> query)
    {
        var mean = lengths.Average();
        var scores = new double[indexed.Count];
        foreach (var word in query)
        {
            var with = indexed.Count(counts => counts.ContainsKey(word));
            var rarity = Math.Log(1 + ((indexed.Count - with + 0.5) / (with + 0.5)));
            for (var i = 0; i < scores.Length; i++)
            {
                var count = indexed[i].GetValueOrDefault(word);
                scores[i] += rarity * count * (K1 + 1) / (count + (K1 * (1 - B + (B * lengths[i] / mean))));
            }
        }

        return scores;
    }

    private static List<string> Words(string text) =>
    [
        .. WordPattern.Matches(text.ToLowerInvariant())
            .Select(match => match.Value.Trim('\''))
            .Select(word => word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word)
            .Where(word => word.Length > 0 && !Common.Contains(word))
            .Select(Stem),
    ];

    private static string Stem(string word)
    {
        foreach (var ending in (string[])["ing", "edly", "ed", "ies", "es", "s"])
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3)
            {
                return word[..^ending.Length] + (ending == "ies" ? "y" : "");
            }
        }

        return word;
    }

    [GeneratedRegex("[a-z0-9']+")]
    private static partial Regex WordPattern { get; }
}
