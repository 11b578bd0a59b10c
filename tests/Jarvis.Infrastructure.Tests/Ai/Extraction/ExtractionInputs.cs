using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

/// <summary>Builds extractor input from user messages.</summary>
internal static class ExtractionInputs
{
    public static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static ExtractionInput Input(params IEnumerable<string> messages) =>
        new([.. messages.Select((text, index) => new ExtractionTurn(TurnId.New(At.AddMinutes(index)), text, "I see.", At.AddMinutes(index)))], "", []);

    public static ExtractionInput WithKnown(this ExtractionInput input, params IEnumerable<KnownMemory> known) => input with { Known = [.. known] };

    public static KnownMemory Known(string content, MemoryKind kind = MemoryKind.Fact) => new(MemoryItemId.New(At), kind, content);

    public static async Task<IReadOnlyList<MemoryCandidate>> CandidatesAsync(this ExtractionInput input)
    {
        Result<ExtractionResult> extraction = await new HeuristicMemoryExtractor().ExtractAsync(input, CancellationToken.None);

        return extraction.Value.Candidates;
    }
}
