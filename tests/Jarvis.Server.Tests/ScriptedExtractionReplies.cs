using System.Text.Json;

namespace Jarvis.Server.Tests;

/// <summary>
/// Extraction replies of the stand-in: each turn that begins with <see cref="Mark"/> becomes a fact in the user's own words. The memories
/// therefore depend on the messages only, and two runs can be compared.
/// </summary>
internal static class ScriptedExtractionReplies
{
    public const string Mark = "Note this:";

    public static string Of(OpenAiRequest request)
    {
        // The first user message is the document; a repair request quotes the model's answer after it.
        using var document = JsonDocument.Parse(request.Messages.First(message => message.Role == "user").Text);
        var turns = document.RootElement.GetProperty("turns").EnumerateArray()
            .Select(turn => (Number: turn.GetProperty("turn").GetInt32(), Text: turn.GetProperty("person_said").GetString()!))
            .ToList();
        var facts = turns
            .Where(turn => turn.Text.StartsWith(Mark, StringComparison.Ordinal))
            .Select(turn => new { kind = "fact", content = turn.Text[Mark.Length..].Trim(), salience = 0.5, turn = turn.Number, supersedes = (int?)null });

        return JsonSerializer.Serialize(new { summary = $"{turns.Count} more turns.", memories = facts });
    }
}
