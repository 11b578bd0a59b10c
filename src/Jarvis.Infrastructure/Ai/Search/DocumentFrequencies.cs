using System.Globalization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>In how many of a person's documents each sought term stands.</summary>
internal sealed class DocumentFrequencies
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <param name="text">As <see cref="SearchRow.Frequencies"/> has it.</param>
    public DocumentFrequencies(string text)
    {
        var parts = text.Split(' ');
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            counts[parts[i]] = int.Parse(parts[i + 1], CultureInfo.InvariantCulture);
        }
    }

    public double GetRarity(IReadOnlyList<string> stems) => Rarity(stems.Max(stem => counts.GetValueOrDefault(stem)), among: counts.GetValueOrDefault(""));

    /// <summary>The inverse document frequency of BM25, never negative.</summary>
    public static double Rarity(int documents, int among)
    {
        var with = Math.Min(documents, among);

        return Math.Log(1 + ((among - with + 0.5) / (with + 0.5)));
    }
}
