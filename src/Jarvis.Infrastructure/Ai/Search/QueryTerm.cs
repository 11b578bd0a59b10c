namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>One word of a question.</summary>
/// <param name="IsName">It says whom the question is about, and many turns have it: what is asked about them says more.</param>
/// <param name="IsManner">It says how the question is asked.</param>
internal sealed record QueryTerm(IReadOnlyList<string> Stems, bool IsName, bool IsManner)
{
    public double Weight => IsName ? 0.5 : IsManner ? 0.6 : 1;
}
