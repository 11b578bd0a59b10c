using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jarvis.Benchmarks;

/// <summary>
/// LoCoMo (Maharana et al., ACL 2024) as its authors publish it: long conversations of two people, with questions and their evidence.
/// </summary>
internal sealed partial class LocomoFile
{
    private LocomoFile(string sha256, IReadOnlyList<LocomoTalk> talks) => (Sha256, Talks) = (sha256, talks);

    public string Sha256 { get; }

    public IReadOnlyList<LocomoTalk> Talks { get; }

    public static LocomoFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var json = JsonDocument.Parse(bytes);

        return new LocomoFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), [.. json.RootElement.EnumerateArray().Select(TalkOf)]);
    }

    private static LocomoTalk TalkOf(JsonElement sample)
    {
        var conversation = sample.GetProperty("conversation");
        var rows = RowsOf(conversation).ToList();
        var known = rows.SelectMany(row => row.Lines.Keys).ToHashSet();
        var questions = sample.GetProperty("qa").EnumerateArray()
            .Select(question => new LocomoQuestion(question.GetProperty("question").GetString()!, question.GetProperty("category").GetInt32(), [.. EvidenceOf(question).Where(known.Contains)]))
            .Where(question => question.Evidence.Count > 0)
            .ToList();

        return new LocomoTalk(sample.GetProperty("sample_id").GetString()!, conversation.GetProperty("speaker_a").GetString()!, conversation.GetProperty("speaker_b").GetString()!, rows, questions);
    }

    // Grouped by session, because a few dates have no session.
    private static IEnumerable<LocomoRow> RowsOf(JsonElement conversation)
    {
        var first = conversation.GetProperty("speaker_a").GetString();
        for (var session = 1; conversation.TryGetProperty($"session_{session}", out var lines) || session < 100; session++)
        {
            if (lines.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            var at = TimeOf(conversation.GetProperty($"session_{session}_date_time").GetString()!);
            LocomoRow? row = null;
            foreach (var line in lines.EnumerateArray())
            {
                var isFirst = line.GetProperty("speaker").GetString() == first;
                if (row is null || isFirst || row.AssistantText.Length > 0)
                {
                    if (row is not null)
                    {
                        yield return row;
                    }

                    row = new LocomoRow(session, at);
                    at += TimeSpan.FromMinutes(1);
                }

                row.Add(line.GetProperty("dia_id").GetString()!, TextOf(line), isFirst);
            }

            if (row is not null)
            {
                yield return row;
            }
        }
    }

    private static string TextOf(JsonElement line) =>
        line.GetProperty("text").GetString() + (line.TryGetProperty("blip_caption", out var caption) ? $" [shares {caption.GetString()}]" : "");

    private static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.ParseExact(text, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // Some ids are malformed: two in one, an extra colon or an extra zero.
    private static IEnumerable<string> EvidenceOf(JsonElement question) =>
        question.GetProperty("evidence").EnumerateArray()
            .SelectMany(text => EvidencePattern.Matches(text.GetString()!))
            .Select(match => string.Create(CultureInfo.InvariantCulture, $"D{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)}:{int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)}"));

    [GeneratedRegex(@"D:?\s?(\d+):(\d+)")]
    private static partial Regex EvidencePattern { get; }
}

/// <param name="Questions">Questions whose evidence exists.</param>
internal sealed record LocomoTalk(string Id, string First, string Second, IReadOnlyList<LocomoRow> Rows, IReadOnlyList<LocomoQuestion> Questions);

/// <param name="Category">Category: 1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial.</param>
/// <param name="Evidence">Ids of the lines that contain the answer.</param>
internal sealed record LocomoQuestion(string Text, int Category, IReadOnlyList<string> Evidence);

/// <summary>Turn of Jarvis: a line of one speaker and the reply of the other.</summary>
internal sealed class LocomoRow(int session, DateTimeOffset at)
{
    private readonly Dictionary<string, string> lines = [];

    public int Session => session;

    public DateTimeOffset At => at;

    public string UserText { get; private set; } = "";

    public string AssistantText { get; private set; } = "";

    /// <summary>Text of each line by its id.</summary>
    public IReadOnlyDictionary<string, string> Lines => lines;

    public string Id => $"{session}/{lines.Keys.First()}";

    public void Add(string id, string text, bool isFirst)
    {
        lines[id] = text;
        (UserText, AssistantText) = isFirst ? ($"{UserText} {text}".Trim(), AssistantText) : (UserText, $"{AssistantText} {text}".Trim());
    }
}
