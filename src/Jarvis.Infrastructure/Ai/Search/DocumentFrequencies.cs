using System.Globalization;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>Number of the user's documents with each term of the question.</summary>
internal sealed class DocumentFrequencies
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <param name="text">In the format of <see cref="SearchRow.Frequencies"/>.</param>
    public DocumentFrequencies(string text)
    {
        var parts = text.Split(' ');
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            counts[parts[i]] = int.Parse(parts[i + 1], CultureInfo.InvariantCulture);
        }
    }

    public double GetRarity(IReadOnlyList<string> stems) => Rarity(stems.Max(stem => counts.GetValueOrDefault(stem)), total: counts.GetValueOrDefault(""));

    /// <summary>Returns the inverse document frequency of BM25, which is never negative.</summary>
    public static double Rarity(int documents, int total)
    {
        var with = Math.Min(documents, total);

        return Math.Log(1 + ((total - with + 0.5) / (with + 0.5)));
    }
}
