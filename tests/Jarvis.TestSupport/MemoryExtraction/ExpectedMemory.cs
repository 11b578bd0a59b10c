using Jarvis.Domain.Memories;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>Memory that an extraction is expected to produce, or has produced.</summary>
public sealed record ExpectedMemory(MemoryKind Kind, string Content)
{
    /// <summary>Compares the clauses; the other one may have more words at its end.</summary>
    public bool Matches(ExpectedMemory expected) => Kind == expected.Kind && Words(Content).StartsWith(Words(expected.Content), StringComparison.Ordinal);

    private static string Words(string content) => content.Trim(' ', '.', '!', ',').ToLowerInvariant();
}
