using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// Scores passages by BM25. Neighbours of a passage also count, with a weight that decreases with the distance: "I loved it!" refers to
/// the passage before. A second round adds words that the best passages share, because a question rarely has all words of its answer.
/// </summary>
internal sealed class PassageRanking
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;

    /// <summary>Exponent of the rarity. In measurements, rare words were more significant than BM25 assumes.</summary>
    private const double RarityPower = 1.3;
    private const int FeedbackPassages = 6;
    private const int FeedbackWords = 10;
    private const double FeedbackWeight = 0.1;

    private static readonly double[] NeighbourWeights = [0.5, 0.35, 0.25, 0.15];

    /// <summary>Time between two turns that separates two sessions.</summary>
    private static readonly TimeSpan SessionGap = TimeSpan.FromHours(6);

    private readonly List<Passage> passages;
    private readonly int[] sessions;
    private readonly double[] lengths;
    private readonly double meanLength;

    /// <param name="passages">Passages of each conversation in chronological order.</param>
    public PassageRanking(List<Passage> passages)
    {
        this.passages = passages;
        sessions = SplitSessions(passages);
        lengths = new double[passages.Count];
        for (var position = 0; position < passages.Count; position++)
        {
            ShareWithSession(lengths, position, passages[position].Words.Count);
        }

        meanLength = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
    }

    /// <returns>Score of each passage, and the number of question words in it or in its neighbours.</returns>
    public (double[] Scores, int[] Matched) Rank(IReadOnlyList<QueryTerm> terms, DocumentFrequencies frequencies)
    {
        var scores = new double[passages.Count];
        var matched = new int[passages.Count];
        Add([.. terms.Select(word => (word.Stems, word.Weight * Math.Pow(frequencies.GetRarity(word.Stems), RarityPower)))], scores, matched);
        Add(Feedback(terms, scores), scores, matched: null);

        return (scores, matched);
    }

    /// <returns>Positions that are near enough to contribute to each other's scores.</returns>
    public IEnumerable<int> NeighboursOf(int position) => Enumerable
        .Range(position - NeighbourWeights.Length + 1, (2 * NeighbourWeights.Length) - 1)
        .Where(other => other != position && other >= 0 && other < sessions.Length && sessions[other] == sessions[position]);

    private void Add(List<(IReadOnlyList<string> Stems, double Weight)> query, double[] scores, int[]? matched)
    {
        var frequencies = CountFrequencies([.. query.Select(word => word.Stems)]);
        for (var index = 0; index < query.Count; index++)
        {
            for (var position = 0; position < scores.Length; position++)
            {
                if (frequencies[index][position] is > 0 and var frequency)
                {
                    var length = 1 - LengthShare + (LengthShare * lengths[position] / meanLength);
                    scores[position] += query[index].Weight * frequency * (Saturation + 1) / (frequency + (Saturation * length));
                    _ = matched is null ? 0 : matched[position]++;
                }
            }
        }
    }

    // Reads each word of each passage once and builds no index, because a question needs few of the words.
    private double[][] CountFrequencies(IReadOnlyList<IReadOnlyList<string>> query)
    {
        var byStem = query
            .SelectMany((stems, index) => stems.Select(stem => (stem, index)))
            .GroupBy(pair => pair.stem, pair => pair.index, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToHashSet(), StringComparer.Ordinal);
        double[][] frequencies = [.. query.Select(_ => new double[passages.Count])];
        for (var position = 0; position < passages.Count; position++)
        {
            foreach (var word in passages[position].Words)
            {
                var english = byStem.GetValueOrDefault(word.English);
                var polish = byStem.GetValueOrDefault(word.Polish);
                if (english is null && polish is null)
                {
                    continue;
                }

                foreach (var index in (english ?? []).Union(polish ?? []))
                {
                    ShareWithSession(frequencies[index], position, 1);
                }
            }
        }

        return frequencies;
    }

    private List<(IReadOnlyList<string> Stems, double Weight)> Feedback(IReadOnlyList<QueryTerm> terms, double[] scores)
    {
        var best = Enumerable.Range(0, scores.Length).Where(position => scores[position] > 0).OrderByDescending(position => scores[position]).Take(FeedbackPassages).ToList();
        var rarity = GetRarity(best.SelectMany(position => passages[position].Words).Where(word => !terms.Any(term => term.Stems.Any(word.Stems.Contains))));
        var shared = new Dictionary<Token, double>();
        foreach (var position in best)
        {
            foreach (var word in passages[position].Words.Distinct().Where(rarity.ContainsKey))
            {
                shared[word] = shared.GetValueOrDefault(word) + (scores[position] * rarity[word] / (passages[position].Words.Count + 5));
            }
        }

        var strongest = shared.OrderByDescending(pair => pair.Value).Take(FeedbackWords).ToList();

        return strongest.ConvertAll(pair => (pair.Key.Stems, FeedbackWeight * pair.Value / strongest[0].Value * Math.Pow(rarity[pair.Key], RarityPower)));
    }

    // Uses the rarity among the results, because the statement did not count these words in all the user's documents.
    private Dictionary<Token, double> GetRarity(IEnumerable<Token> words)
    {
        var passagesWith = words.Distinct().ToDictionary(word => word, _ => (Count: 0, Last: -1));
        for (var position = 0; position < passages.Count; position++)
        {
            foreach (var word in passages[position].Words)
            {
                ref var with = ref CollectionsMarshal.GetValueRefOrNullRef(passagesWith, word);
                if (!Unsafe.IsNullRef(ref with) && with.Last != position)
                {
                    with = (with.Count + 1, position);
                }
            }
        }

        return passagesWith.ToDictionary(pair => pair.Key, pair => DocumentFrequencies.Rarity(pair.Value.Count, total: passages.Count));
    }

    /// <summary>Adds a value to a passage and parts of it to its neighbours.</summary>
    private void ShareWithSession(double[] values, int position, double value)
    {
        values[position] += value;
        for (var distance = 1; distance <= NeighbourWeights.Length; distance++)
        {
            ShareScore(position - distance, NeighbourWeights[distance - 1]);
            ShareScore(position + distance, NeighbourWeights[distance - 1]);
        }

        void ShareScore(int to, double share)
        {
            if (to >= 0 && to < values.Length && sessions[position] == sessions[to])
            {
                values[to] += share * value;
            }
        }
    }

    private static int[] SplitSessions(List<Passage> passages)
    {
        var sessions = new int[passages.Count];
        for (var position = 1; position < sessions.Length; position++)
        {
            var (before, after) = (passages[position - 1].Of, passages[position].Of);
            var isSameSession = !before.IsItem && !after.IsItem && before.ConversationId == after.ConversationId && after.At - before.At < SessionGap;
            sessions[position] = sessions[position - 1] + (isSameSession ? 0 : 1);
        }

        return sessions;
    }
}
