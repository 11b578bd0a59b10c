namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Scores passages by BM25, where what stands beside a passage counts as in it, the less the farther: "I loved it!" is about what
/// was said before. Then once more with words that the best passages share, as a question seldom has all the words of its answer.
/// </summary>
internal sealed class PassageRanking
{
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;

    /// <summary>Rare words say still more than BM25 has it; measured.</summary>
    private const double RarityPower = 1.3;
    private const int FeedbackPassages = 6;
    private const int FeedbackWords = 10;
    private const double FeedbackWeight = 0.1;

    private static readonly double[] Beside = [0.5, 0.35, 0.25, 0.15];

    /// <summary>More time than that between two turns makes them two talks.</summary>
    private static readonly TimeSpan OneTalk = TimeSpan.FromHours(6);

    private readonly List<Passage> passages;
    private readonly int[] talks;
    private readonly double[] lengths;
    private readonly double meanLength;

    // Where each word stands, and the words of each stem.
    private readonly Dictionary<Word, List<int>> places = [];
    private readonly Dictionary<string, List<Word>> byStem = new(StringComparer.Ordinal);

    /// <param name="passages">In the order in which they were said, conversation by conversation.</param>
    public PassageRanking(List<Passage> passages)
    {
        this.passages = passages;
        talks = TalksOf(passages);
        lengths = new double[passages.Count];
        for (var position = 0; position < passages.Count; position++)
        {
            Spread(lengths, position, passages[position].Words.Count);
            foreach (var word in passages[position].Words)
            {
                PlacesOf(word).Add(position);
            }
        }

        meanLength = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
    }

    /// <returns>A score for each passage, and how many of the sought words stand in it or beside it.</returns>
    public (double[] Scores, int[] Matched) Rank(IReadOnlyList<SoughtWord> sought, Frequencies frequencies)
    {
        var scores = new double[passages.Count];
        var matched = new int[passages.Count];
        foreach (var word in sought)
        {
            Add(word.Stems, word.Weight * Math.Pow(frequencies.RarityOf(word.Stems), RarityPower), scores, matched);
        }

        foreach (var (word, weight) in Feedback(sought, scores))
        {
            Add(word.Stems, weight, scores, matched: null);
        }

        return (scores, matched);
    }

    private void Add(IReadOnlyList<string> stems, double weight, double[] scores, int[]? matched)
    {
        var frequency = new double[passages.Count];
        foreach (var position in WordsWith(stems).SelectMany(word => places[word]))
        {
            Spread(frequency, position, 1);
        }

        for (var position = 0; position < scores.Length; position++)
        {
            if (frequency[position] > 0)
            {
                var length = 1 - LengthShare + (LengthShare * lengths[position] / meanLength);
                scores[position] += weight * frequency[position] * (Saturation + 1) / (frequency[position] + (Saturation * length));
                _ = matched is null ? 0 : matched[position]++;
            }
        }
    }

    private List<(Word Word, double Weight)> Feedback(IReadOnlyList<SoughtWord> sought, double[] scores)
    {
        var best = Enumerable.Range(0, scores.Length).Where(position => scores[position] > 0).OrderByDescending(position => scores[position]).Take(FeedbackPassages);
        var asked = sought.SelectMany(word => WordsWith(word.Stems)).ToHashSet();
        var shared = new Dictionary<Word, double>();
        foreach (var position in best)
        {
            foreach (var word in passages[position].Words.Distinct().Where(word => !asked.Contains(word)))
            {
                shared[word] = shared.GetValueOrDefault(word) + (scores[position] * RarityOf(word) / (passages[position].Words.Count + 5));
            }
        }

        var strongest = shared.OrderByDescending(pair => pair.Value).Take(FeedbackWords).ToList();

        return strongest.ConvertAll(pair => (pair.Key, FeedbackWeight * pair.Value / strongest[0].Value * Math.Pow(RarityOf(pair.Key), RarityPower)));

        // Among what was found, which is at hand: how rare they are with the person was not asked for.
        double RarityOf(Word word) => Frequencies.Rarity(places[word].Distinct().Count(), among: passages.Count);
    }

    private List<int> PlacesOf(Word word)
    {
        if (!places.TryGetValue(word, out var found))
        {
            places[word] = found = [];
            foreach (var stem in word.Stems)
            {
                (byStem.TryGetValue(stem, out var words) ? words : byStem[stem] = []).Add(word);
            }
        }

        return found;
    }

    private IEnumerable<Word> WordsWith(IReadOnlyList<string> stems) => stems.SelectMany(stem => byStem.GetValueOrDefault(stem) ?? []).Distinct();

    /// <summary>What a passage has counts for itself, and for those beside it in part.</summary>
    private void Spread(double[] values, int position, double value)
    {
        values[position] += value;
        for (var distance = 1; distance <= Beside.Length; distance++)
        {
            Lend(position - distance, Beside[distance - 1]);
            Lend(position + distance, Beside[distance - 1]);
        }

        void Lend(int to, double share)
        {
            if (to >= 0 && to < values.Length && talks[position] == talks[to])
            {
                values[to] += share * value;
            }
        }
    }

    public bool AreBeside(int one, int other) => talks[one] == talks[other] && Math.Abs(one - other) < Beside.Length;

    private static int[] TalksOf(List<Passage> passages)
    {
        var talks = new int[passages.Count];
        for (var position = 1; position < talks.Length; position++)
        {
            var (before, after) = (passages[position - 1].Of, passages[position].Of);
            var sameTalk = !before.IsItem && !after.IsItem && before.ConversationId == after.ConversationId && after.At - before.At < OneTalk;
            talks[position] = talks[position - 1] + (sameTalk ? 0 : 1);
        }

        return talks;
    }
}
