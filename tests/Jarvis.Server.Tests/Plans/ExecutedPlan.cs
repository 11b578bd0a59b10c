using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jarvis.Server.Tests.Plans;

/// <summary>Plan with which PostgreSQL executed a statement, parsed from the log of auto_explain.</summary>
internal sealed partial record ExecutedPlan(string Statement, IReadOnlyList<Scan> Scans)
{
    public static IReadOnlyList<ExecutedPlan> In(string log) =>
    [
        .. Entry.Matches(log).Select(match => JsonSerializer.Deserialize<JsonElement>(match.Groups[1].Value)).Select(plan =>
            new ExecutedPlan(plan.GetProperty("Query Text").GetString()!, [.. ScansIn(plan.GetProperty("Plan"))])),
    ];

    private static IEnumerable<Scan> ScansIn(JsonElement node)
    {
        if (node.TryGetProperty("Relation Name", out var table) && node.GetProperty("Node Type").GetString()!.Contains("Scan", StringComparison.Ordinal))
        {
            var loops = node.GetProperty("Actual Loops").GetDouble();
            var read = node.GetProperty("Actual Rows").GetDouble()
                + (node.TryGetProperty("Rows Removed by Filter", out var filtered) ? filtered.GetDouble() : 0)
                + (node.TryGetProperty("Rows Removed by Index Recheck", out var rechecked) ? rechecked.GetDouble() : 0);

            yield return new Scan(node.GetProperty("Node Type").GetString()!, table.GetString()!, read * loops);
        }

        if (node.TryGetProperty("Plans", out var inner))
        {
            foreach (var scan in inner.EnumerateArray().SelectMany(ScansIn))
            {
                yield return scan;
            }
        }
    }

    // Lines that begin with a tab belong to the entry.
    [GeneratedRegex(@"plan:\r?\n((?:\t.*\r?\n)+)")]
    private static partial Regex Entry { get; }
}

/// <param name="RowsRead">Rows read, including the discarded ones.</param>
internal sealed record Scan(string Kind, string Table, double RowsRead);
