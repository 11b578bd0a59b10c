using System.Text.Json;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Server.Tests;

/// <summary>
/// How the stand-in takes notes: each turn that begins with <see cref="Mark"/> is a fact in the person's own words, whatever else is
/// read with it. So what is remembered depends on what was said alone, and two runs can be compared.
/// </summary>
internal static class ScriptedExtractionReplies
{
    public const string Mark = "Note this:";

    public static string Of(OpenAiRequest request)
    {
        // The first thing that the model is told is the document; a repair quotes its own answer after it.
        using var document = JsonDocument.Parse(request.Messages.First(message => message.Role == "user").Text);
        var turns = document.RootElement.GetProperty("turns").EnumerateArray()
            .Select(turn => (Number: turn.GetProperty("turn").GetInt32(), Said: turn.GetProperty("person_said").GetString()!))
            .ToList();
        var facts = turns
            .Where(turn => turn.Said.StartsWith(Mark, StringComparison.Ordinal))
            .Select(turn => new { kind = "fact", content = turn.Said[Mark.Length..].Trim(), salience = 0.5, turn = turn.Number, supersedes = (int?)null });

        return JsonSerializer.Serialize(new { summary = $"{turns.Count} more turns.", memories = facts });
    }
}
