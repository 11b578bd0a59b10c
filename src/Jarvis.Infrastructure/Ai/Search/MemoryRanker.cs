using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>Ranks the search results: returns the passages that are relevant to the question, best first.</summary>
internal static class MemoryRanker
{
    /// <summary>Minimum score relative to the best. A passage below it only has a common word of the question.</summary>
    private const double MinShareOfBest = 0.2;
    private const double TimeWeight = 0.4;

    /// <summary>Weight of a passage from the named time without any word of the question.</summary>
    private const double TimeOnlyWeight = 0.2;
    private const double PinnedFactor = 1.5;

    /// <summary>Factor for an item that has ended, so that it follows current items.</summary>
    private const double EndedFactor = 0.5;
    private const double RecentBonus = 0.1;
    private static readonly TimeSpan RecencyHalfLife = TimeSpan.FromDays(30);

    /// <summary>Factor for the neighbours of a selected passage. They contributed to its score, so another session comes next.</summary>
    private const double NeighbourBonus = 0.95;

    private const int MinWords = 3;
    private const double MinCoveredShare = 0.6;

    /// <summary>Minimum similarity. Texts about different topics are below it with every model that was measured.</summary>
    public const double MinSimilarity = 0.35;

    /// <summary>Constant of the reciprocal rank fusion. With the usual 60, the tenth passage by words would count nearly as much as the first.</summary>
    private const int FusionOffset = 20;

    /// <summary>Weight of the similarity relative to words. Vectors represent whole turns and depend on the model. With equal weights, a small model was worse than no model in measurements.</summary>
    private const double MeaningWeight = 0.5;

    /// <param name="except">Turns to exclude.</param>
    public static IEnumerable<Passage> Rank(SearchQuestion question, IReadOnlyList<SearchRow> found, HashSet<Guid> except, DateTimeOffset now)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var passages = found
            .OrderBy(match => match.IsItem)
            .ThenBy(match => match.ConversationId)
            .ThenBy(match => match.Id, IdOrder)
            .SelectMany(Passage.FindAll)
            .ToList();
        var ranking = new PassageRanking(passages);
        var (scores, matched) = ranking.Rank(question.Words, new DocumentFrequencies(found[0].Frequencies));
        BoostByTime(question, passages, scores, matched);
        BoostBySalience(passages, scores, now);

        var filter = new RelevanceFilter(question, passages);
        var current = ApplySupersession(passages, scores, question.IsAboutThePast ? EndedFactor : 0);
        FuseBySimilarity(passages, scores);
        for (var position = 0; position < scores.Length; position++)
        {
            var isKept = scores[position] > 0
                && (current.Contains(position) || filter.Passes(passages[position], matched[position]))
                && (passages[position].Of.IsItem || IsQuotable(question, passages[position], except));
            scores[position] = isKept ? scores[position] : 0;
        }

        DropCoveredTurns(passages, scores);

        return Sort(ranking, passages, scores);
    }

    private static Comparer<Guid> IdOrder { get; } = Comparer<Guid>.Create((one, other) => one.CompareTo(other));

    private static void BoostByTime(SearchQuestion question, List<Passage> passages, double[] scores, int[] matched)
    {
        if (question.Times.Count == 0)
        {
            return;
        }

        var best = Math.Max(scores.Max(), double.Epsilon);
        best = best > double.Epsilon ? best : 1;
        for (var position = 0; position < scores.Length; position++)
        {
            var closeness = question.Times.Max(time => time.Closeness(passages[position].Of.At));
            if (scores[position] > 0)
            {
                scores[position] += TimeWeight * closeness * best;
            }
            else if (closeness == 1)
            {
                scores[position] = TimeWeight * (question.Words.Count == 0 ? 1 : TimeOnlyWeight) * best;
                matched[position] = question.Words.Count == 0 ? 0 : matched[position];
            }
        }
    }

    private static void BoostBySalience(List<Passage> passages, double[] scores, DateTimeOffset now)
    {
        for (var position = 0; position < scores.Length; position++)
        {
            var match = passages[position].Of;
            var age = now > match.At ? now - match.At : TimeSpan.Zero;
            scores[position] *= 1 + (RecentBonus * Math.Pow(2, -(age / RecencyHalfLife)));
            scores[position] *= match.IsItem ? (1 + match.Salience) * (match.Pinned ? PinnedFactor : 1) : 1;
        }
    }

    /// <summary>Gives the successor of an item that item's score: "Do I live in Bern?" finds "I moved to Perth".</summary>
    private static HashSet<int> ApplySupersession(List<Passage> passages, double[] scores, double endedFactor)
    {
        var positions = passages.Select((passage, position) => (passage, position)).Where(pair => pair.passage.Of.IsItem).ToDictionary(pair => pair.passage.Of.Id, pair => pair.position);
        var current = new HashSet<int>();
        foreach (var position in positions.Values.Where(position => passages[position].Of.Until is not null && scores[position] > 0).ToList())
        {
            var seen = new HashSet<int> { position };
            var latest = position;
            while (passages[latest].Of.SupersededBy is { } next && positions.TryGetValue(next, out var following) && seen.Add(following))
            {
                latest = following;
            }

            if (latest != position && passages[latest].Of.Until is null)
            {
                scores[latest] = Math.Max(scores[latest], scores[position]);
                current.Add(latest);
            }

            scores[position] *= endedFactor;
        }

        return current;
    }

    /// <summary>
    /// Combines the orders by words and by similarity by reciprocal rank fusion, because their ranks are comparable and their scores
    /// are not. It excludes passages that are far behind the best by words and not similar either.
    /// </summary>
    private static void FuseBySimilarity(List<Passage> passages, double[] scores)
    {
        if (!passages.Exists(passage => passage.Of.Similarity >= MinSimilarity))
        {
            return;
        }

        var least = MinShareOfBest * scores.Max();
        var byWords = ToRanks(position => scores[position] >= least ? scores[position] : 0);
        var byMeaning = ToRanks(position => passages[position].Of.Similarity is >= MinSimilarity and var similarity ? similarity : 0);
        for (var position = 0; position < scores.Length; position++)
        {
            scores[position] = Reciprocal(byWords, position) + (MeaningWeight * Reciprocal(byMeaning, position));
        }

        Dictionary<int, int> ToRanks(Func<int, double> value) => Enumerable.Range(0, scores.Length)
            .Where(position => value(position) > 0)
            .GroupBy(value)
            .OrderByDescending(group => group.Key)
            .SelectMany((group, rank) => group.Select(position => (position, rank)))
            .ToDictionary(pair => pair.position, pair => pair.rank);

        static double Reciprocal(Dictionary<int, int> ranks, int position) => ranks.TryGetValue(position, out var rank) ? 1.0 / (FusionOffset + rank) : 0;
    }

    // Excludes short turns such as "I see.", turns that only ask, and turns whose content an ended item contains with its dates.
    private static bool IsQuotable(SearchQuestion question, Passage passage, HashSet<Guid> except) =>
        !except.Contains(passage.Of.Id)
        && (passage.Words.Count >= MinWords || question.FindWords(passage) > 0)
        && (passage.IsAnswer || !(QuestionDetector.IsQuestion(passage.Text) || (passage.Of.Ended.Length > 0 && Covers(passage, Tokenizer.Words(passage.Of.Ended)))));

    private static void DropCoveredTurns(List<Passage> passages, double[] scores)
    {
        var items = passages
            .Where((passage, position) => passage.Of is { IsItem: true, TurnId: not null } && scores[position] > 0)
            .ToLookup(passage => passage.Of.TurnId!.Value);
        for (var position = 0; position < scores.Length; position++)
        {
            var passage = passages[position];
            if (!passage.Of.IsItem && !passage.IsAnswer && items[passage.Of.Id].Any(item => Covers(item, passage.Words)))
            {
                scores[position] = 0;
            }
        }
    }

    /// <summary>Returns whether a passage contains most of the words, so that dropping them loses only their wording.</summary>
    private static bool Covers(Passage passage, List<Token> words)
    {
        var known = passage.Words.ToHashSet();

        return words.Count > 0 && words.Count(known.Contains) >= MinCoveredShare * words.Count;
    }

    private static IEnumerable<Passage> Sort(PassageRanking ranking, List<Passage> passages, double[] scores)
    {
        var least = MinShareOfBest * scores.Max();
        var queue = new PriorityQueue<int, (double Score, int Position)>(BestFirst);
        queue.EnqueueRange(Enumerable.Range(0, scores.Length).Where(position => scores[position] > 0 && scores[position] >= least).Select(position => (position, (scores[position], position))));
        while (queue.TryDequeue(out var best, out var queued))
        {
            if (scores[best] < queued.Score)
            {
                queue.Enqueue(best, (scores[best], best));
                continue;
            }

            foreach (var position in ranking.NeighboursOf(best))
            {
                scores[position] *= 1 - ((1 - NeighbourBonus) / Math.Abs(position - best));
            }

            yield return passages[best] with { Score = scores[best] };
        }
    }

    private static Comparer<(double Score, int Position)> BestFirst { get; } = Comparer<(double Score, int Position)>.Create(
        (one, other) => other.Score.CompareTo(one.Score) is not 0 and var order ? order : one.Position.CompareTo(other.Position));
}
