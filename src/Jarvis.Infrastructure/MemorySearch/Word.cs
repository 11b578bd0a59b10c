namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>A word as search compares it, the same object wherever it stands.</summary>
/// <param name="stems">Its English and its Polish stem, as the language of a short text cannot be told; one where they are the same.</param>
internal sealed class Word(IReadOnlyList<string> stems)
{
    public IReadOnlyList<string> Stems => stems;
}
