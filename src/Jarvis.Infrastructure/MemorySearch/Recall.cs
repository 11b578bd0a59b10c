namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Puts what was found in the order in which it is given: the passages that bear on the question, the best first.</summary>
internal static class Recall
{
    /// <summary>What is so much worse than the best has only a common word of the question.</summary>
    private const double LeastShareOfTheBest = 0.2;
    private const double TimeWeight = 0.4;

    /// <summary>What was said then without any word of the question.</summary>
    private const double TimeAlone = 0.2;
    private const double PinnedFactor = 1.5;

    /// <summary>What does not hold any more stands behind what does.</summary>
    private const double EndedFactor = 0.5;
    private const double RecentBonus = 0.1;
    private static readonly TimeSpan RecentHalf = TimeSpan.FromDays(30);

    /// <summary>A passage owes its score in part to those beside it: once one of them is given, the next talk has its turn.</summary>
    private const double BesideGiven = 0.95;

    private const int LeastWords = 3;

    /// <param name="except">Turns that are not to be given.</param>
    public static IEnumerable<Passage> Of(SearchQuestion question, IReadOnlyList<SearchMatch> found, HashSet<Guid> except, DateTimeOffset now)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var passages = found
            .OrderBy(match => match.IsItem)
            .ThenBy(match => match.ConversationId)
            .ThenBy(match => match.Id, IdOrder)
            .SelectMany(Passage.In)
            .ToList();
        var ranking = new PassageRanking(passages);
        var (scores, matched) = ranking.Rank(question.Words, new Frequencies(found[0].Frequencies));
        LiftByTime(question, passages, scores, matched);
        LiftByWorth(passages, scores, now);

        var gate = new RelevanceGate(question, passages);
        var current = Succeed(passages, scores, question.IsAboutThePast ? EndedFactor : 0);
        for (var position = 0; position < scores.Length; position++)
        {
            var stays = scores[position] > 0
                && (current.Contains(position) || gate.Passes(passages[position], matched[position]))
                && (passages[position].Of.IsItem || IsQuotable(question, passages[position], except));
            scores[position] = stays ? scores[position] : 0;
        }

        LeaveOutWhatItemsTell(passages, scores);

        return InOrder(ranking, passages, scores);
    }

    private static Comparer<Guid> IdOrder { get; } = Comparer<Guid>.Create((one, other) => one.CompareTo(other));

    private static void LiftByTime(SearchQuestion question, List<Passage> passages, double[] scores, int[] matched)
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
                scores[position] = TimeWeight * (question.Words.Count == 0 ? 1 : TimeAlone) * best;
                matched[position] = question.Words.Count == 0 ? 0 : matched[position];
            }
        }
    }

    private static void LiftByWorth(List<Passage> passages, double[] scores, DateTimeOffset now)
    {
        for (var position = 0; position < scores.Length; position++)
        {
            var match = passages[position].Of;
            var age = now > match.At ? now - match.At : TimeSpan.Zero;
            scores[position] *= 1 + (RecentBonus * Math.Pow(2, -(age / RecentHalf)));
            scores[position] *= match.IsItem ? (1 + match.Salience) * (match.Pinned ? PinnedFactor : 1) : 1;
        }
    }

    /// <summary>What took the place of an item is found by that item's words: "Do I live in Bern?" by "I moved to Perth".</summary>
    private static HashSet<int> Succeed(List<Passage> passages, double[] scores, double ended)
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

            scores[position] *= ended;
        }

        return current;
    }

    // "I see." says nothing, a turn that only asked tells nothing, and what has ended since is told by its item, with its dates.
    private static bool IsQuotable(SearchQuestion question, Passage passage, HashSet<Guid> except) =>
        !except.Contains(passage.Of.Id)
        && (passage.Words.Count >= LeastWords || question.IsIn(passage))
        && (passage.IsAnswer || !(Question.Is(passage.Text) || (passage.Of.Ended.Length > 0 && Tells(passage, Terms.Words(passage.Of.Ended)))));

    private static void LeaveOutWhatItemsTell(List<Passage> passages, double[] scores)
    {
        var items = passages
            .Where((passage, position) => passage.Of is { IsItem: true, TurnId: not null } && scores[position] > 0)
            .ToLookup(passage => passage.Of.TurnId!.Value);
        for (var position = 0; position < scores.Length; position++)
        {
            var passage = passages[position];
            if (!passage.Of.IsItem && !passage.IsAnswer && items[passage.Of.Id].Any(item => Tells(passage, item.Words)))
            {
                scores[position] = 0;
            }
        }
    }

    /// <summary>Whether a passage has at least half of the words.</summary>
    private static bool Tells(Passage passage, IReadOnlyList<Word> words)
    {
        var said = passage.Words.ToHashSet();

        return words.Count > 0 && words.Count(said.Contains) * 2 >= words.Count;
    }

    private static IEnumerable<Passage> InOrder(PassageRanking ranking, List<Passage> passages, double[] scores)
    {
        var least = LeastShareOfTheBest * scores.Max();
        var left = Enumerable.Range(0, scores.Length).Where(position => scores[position] > 0 && scores[position] >= least).ToList();
        while (left.Count > 0)
        {
            var best = left.MaxBy(position => scores[position]);
            left.Remove(best);
            foreach (var position in left.Where(position => ranking.AreBeside(position, best)))
            {
                scores[position] *= 1 - ((1 - BesideGiven) / Math.Abs(position - best));
            }

            yield return passages[best] with { Score = scores[best] };
        }
    }
}
