namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A word of a question.</summary>
/// <param name="IsName">True if the word is a name. Many turns contain the name, so the other words are more significant.</param>
/// <param name="IsManner">True if the word only belongs to the wording of the question.</param>
internal sealed record QueryTerm(IReadOnlyList<string> Stems, bool IsName, bool IsManner)
{
    public double Weight => IsName ? 0.5 : IsManner ? 0.6 : 1;
}
