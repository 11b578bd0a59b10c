using Jarvis.Application.Memories;

namespace Jarvis.Infrastructure.MemorySearch;

internal static class RecallBudget
{
    /// <summary>The best first, and as many as fit; one that is too long for what is left gives way to shorter ones.</summary>
    public static IReadOnlyList<MemoryHit> Fill(IEnumerable<MemoryHit> ranked, int budgetChars)
    {
        var left = budgetChars;
        var given = new List<MemoryHit>();
        foreach (var hit in ranked)
        {
            if (hit.Content.Length <= left)
            {
                given.Add(hit);
                left -= hit.Content.Length;
            }
        }

        return given;
    }
}
