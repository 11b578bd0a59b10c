using System.Text.Json;
using System.Text.RegularExpressions;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Parses the response of a model. If any part is invalid, the whole response is rejected and <see cref="Problem"/> has the reason.
/// </summary>
internal sealed partial record ExtractionParser(ExtractionResult? Extraction, string? Problem)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web) { AllowTrailingCommas = true };

    public static ExtractionParser Parse(string response, ExtractionBatch batch)
    {
        var text = Reasoning().Replace(response, "");
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start)
        {
            return Invalid("it doesn't contain a JSON object");
        }

        try
        {
            return Check(JsonSerializer.Deserialize<ExtractionResponse>(text[start..(end + 1)], Lenient)!, batch);
        }
        catch (JsonException exception)
        {
            return Invalid($"it doesn't match the JSON schema, at {exception.Path ?? "its start"}");
        }
        catch (InvalidOperationException)
        {
            return Invalid("it contains an unpaired surrogate");
        }
    }

    private static ExtractionParser Check(ExtractionResponse response, ExtractionBatch batch)
    {
        if (response.Summary is not { Length: <= ConversationSummary.SummaryMaxLength } summary || !IsReadable(summary))
        {
            return Invalid("summary is missing or too long");
        }

        if (response.Memories is not { Count: <= ExtractionSchema.MaxMemories } memories)
        {
            return Invalid($"memories is missing or has more than {ExtractionSchema.MaxMemories} entries");
        }

        var problem = memories.Select((note, index) => FindProblem(note, batch) is { } found ? $"memories[{index}]: {found}" : null).FirstOrDefault(found => found is not null);

        return problem is not null
            ? Invalid(problem)
            : new ExtractionParser(new ExtractionResult(summary.Trim(), [.. memories.Select(note => ToCandidate(note!, batch))]), Problem: null);
    }

    private static string? FindProblem(ExtractedNote? note, ExtractionBatch batch) => note switch
    {
        null => "it is null",
        _ when Names.Parse<MemoryKind>(note.Kind) is null => "kind must be one of fact, preference, relationship, goal, event, instruction",
        _ when string.IsNullOrWhiteSpace(note.Content) || note.Content.Length > MemoryItem.ContentMaxLength || !IsReadable(note.Content) =>
            $"content must have 1 to {MemoryItem.ContentMaxLength} characters of text",
        _ when note.Salience is not >= 0 or not <= 1 => "salience must be between 0 and 1",
        _ when note.Turn is not >= 1 || note.Turn > batch.Turns.Count => $"turn is not a number from 1 to {batch.Turns.Count}",
        _ when note.Supersedes < 0 || note.Supersedes > batch.Known.Count => "supersedes isn't a number in known",
        _ => null,
    };

    // Some models write 0 instead of null.
    private static MemoryCandidate ToCandidate(ExtractedNote note, ExtractionBatch batch) => new(
        Names.Parse<MemoryKind>(note.Kind)!.Value,
        note.Content!.Trim(),
        new Salience((float)note.Salience!),
        batch.Turns[note.Turn!.Value - 1].Id,
        note.Supersedes is > 0 ? batch.Known[note.Supersedes.Value - 1].Id : null);

    // U+FFFD marks text that was damaged before it arrived.
    private static bool IsReadable(string text) => text.IsStorable() && !text.Contains('\uFFFD', StringComparison.Ordinal);

    private static ExtractionParser Invalid(string problem) => new(Extraction: null, problem);

    /// <summary>Matches reasoning, also without its opening tag, which some chat templates remove.</summary>
    [GeneratedRegex(@"^.*</think(?:ing)?>", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reasoning();

    private sealed record ExtractionResponse(string? Summary, IReadOnlyList<ExtractedNote?>? Memories);

    private sealed record ExtractedNote(string? Kind, string? Content, double? Salience, int? Turn, int? Supersedes);
}
