namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A word as search compares it, the same object wherever it stands: its English and its Polish stem, as the language of a short text cannot be told.</summary>
internal sealed class Token(string english, string polish)
{
    public string English => english;

    public string Polish => polish;

    /// <summary>Both, or one where they are the same.</summary>
    public IReadOnlyList<string> Stems { get; } = english == polish ? [english] : [english, polish];
}
