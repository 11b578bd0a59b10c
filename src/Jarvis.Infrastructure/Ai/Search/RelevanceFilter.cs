using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// Decides which passages bear on a question. Words alone do not tell: "Why is the sky blue?" has two that somebody said. So a
/// question must be about the person, or name somebody or something that the person named, or have nearly all its words in one
/// place.
/// </summary>
internal sealed partial class RelevanceFilter
{
    private const double MinShareAboutPerson = 0.34;
    private const double MinItemShare = 0.6;
    private const double MinTurnShare = 0.8;
    private const int MinTurnWords = 3;

    private readonly SearchQuestion question;
    private readonly bool namesWhatIsKnown;

    public RelevanceFilter(SearchQuestion question, IReadOnlyList<Passage> passages)
    {
        this.question = question;
        namesWhatIsKnown = question.Names.Any(name => name.TrueForAll(part => IsNameIn(passages, part)));
    }

    /// <param name="matched">How many words of the question stand in the passage or beside it.</param>
    public bool Passes(Passage passage, int matched)
    {
        if (namesWhatIsKnown)
        {
            return true;
        }

        var count = question.Words.Count;
        if (question.IsAboutThePerson)
        {
            return matched >= MinShareAboutPerson * count || passage.Of.Similarity >= MemoryRanker.MinSimilarity;
        }

        return passage.Of.IsItem ? matched >= MinItemShare * count : count >= MinTurnWords && question.FindWords(passage) >= MinTurnShare * count;
    }

    /// <summary>Whether it is written as a name: with a capital inside a sentence, or always with one. "world" is no answer to "World War".</summary>
    private static bool IsNameIn(IReadOnlyList<Passage> passages, Token word)
    {
        var with = passages.Where(passage => passage.Words.Any(said => Same(said, word))).ToList();

        return with.Exists(Names) || (with.Count > 0 && !with.Exists(IsLowercased));

        bool Names(Passage passage) => SearchQuestion.FindNames(passage.Text).Exists(name => name.Exists(said => Same(said, word)));

        bool IsLowercased(Passage passage) => WordPattern.Matches(passage.Text)
            .Any(match => char.IsLower(match.ValueSpan[0]) && Tokenizer.Words(match.ValueSpan).Exists(said => Same(said, word)));
    }

    private static bool Same(Token one, Token other) => ReferenceEquals(one, other) || one.Stems.Any(other.Stems.Contains);

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex WordPattern { get; }
}
