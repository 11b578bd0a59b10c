using Jarvis.Domain.Memories;

namespace Jarvis.TestSupport.MemoryExtraction;

/// <summary>What is to be kept, or was.</summary>
public sealed record ExpectedMemory(MemoryKind Kind, string Content)
{
    /// <summary>The same clause, be it with some more of its words at the end.</summary>
    public bool Matches(ExpectedMemory expected) => Kind == expected.Kind && Words(Content).StartsWith(Words(expected.Content), StringComparison.Ordinal);

    private static string Words(string content) => content.Trim(' ', '.', '!', ',').ToLowerInvariant();
}
