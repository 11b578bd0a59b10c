using System.Text.RegularExpressions;
using Npgsql;

namespace Jarvis.Benchmarks.Baseline;

/// <summary>SQL statement of Jarvis. Its parameters are named after the columns that they are compared with or written to.</summary>
internal sealed partial class BaselineStatement
{
    private const string Limit = "LIMIT";
    private readonly string text;
    private readonly string[] parameters;

    private BaselineStatement(string text, string[] parameters) => (this.text, this.parameters) = (text, parameters);

    /// <param name="start">Text that identifies the statement.</param>
    /// <param name="without">Text that the other statements contain.</param>
    public static BaselineStatement Find(IEnumerable<string> statements, string start, string? without = null)
    {
        var text = statements.FirstOrDefault(statement => statement.Contains(start, StringComparison.Ordinal) && (without is null || !statement.Contains(without, StringComparison.Ordinal)))
            ?? throw new InvalidOperationException($"Jarvis no longer sends “{start}…”: update the baseline.");

        return new BaselineStatement(text, ParametersOf(text));
    }

    public NpgsqlCommand On(NpgsqlDataSource database, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = database.CreateCommand(text);
        Fill(command.Parameters, values);

        return command;
    }

    public NpgsqlBatchCommand InBatch(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new NpgsqlBatchCommand(text);
        Fill(command.Parameters, values);

        return command;
    }

    private void Fill(NpgsqlParameterCollection into, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var parameter in parameters)
        {
            into.Add(new NpgsqlParameter { Value = ValueOf(parameter, values) });
        }
    }

    private static object ValueOf(string parameter, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (name == parameter)
            {
                return value ?? DBNull.Value;
            }
        }

        throw new InvalidOperationException($"Jarvis now sends {parameter}: update the baseline.");
    }

    private static string[] ParametersOf(string text)
    {
        var inserted = Inserted.Match(text);
        if (inserted.Success)
        {
            return inserted.Groups[1].Value.Split(", ");
        }

        var names = new SortedDictionary<int, string>();
        foreach (Match match in Compared.Matches(text))
        {
            names[int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)] = match.Groups[1].Value is { Length: > 0 } column ? column : Limit;
        }

        return [.. names.Values];
    }

    [GeneratedRegex(@"^INSERT INTO \w+ \(([^)]+)\)")]
    private static partial Regex Inserted { get; }

    [GeneratedRegex(@"(?:(\w+) (?:=|>|= ANY)|LIMIT) \(?\$(\d+)")]
    private static partial Regex Compared { get; }
}
