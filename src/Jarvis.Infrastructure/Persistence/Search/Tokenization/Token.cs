namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>A word as search compares it. It has an English and a Polish stem, because the language of a short text is unknown. Equal words are the same object.</summary>
internal sealed class Token(string english, string polish)
{
    public string English => english;

    public string Polish => polish;

    /// <summary>Both stems, or one if they are the same.</summary>
    public IReadOnlyList<string> Stems { get; } = english == polish ? [english] : [english, polish];
}
