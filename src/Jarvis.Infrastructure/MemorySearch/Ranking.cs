using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.MemorySearch;

internal static class Ranking
{
    private const double PinnedFactor = 1.5;

    /// <summary>An item is a sentence that was found worth keeping, so it stands above a turn with the same words.</summary>
    public static double OfItem(double lexical, Salience salience, bool pinned) => lexical * (1 + salience.Value) * (pinned ? PinnedFactor : 1);
}
