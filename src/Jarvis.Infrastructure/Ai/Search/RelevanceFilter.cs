using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// Decides which passages are relevant to a question. Matching words are not enough: "Why is the sky blue?" can match two words. The
/// question must also be about the user, contain a name that the user mentioned, or have nearly all its words in one passage.
/// </summary>
internal sealed partial class RelevanceFilter
{
    private const double MinShareAboutPerson = 0.34;
    private const double MinItemShare = 0.6;
    private const double MinTurnShare = 0.8;
    private const int MinTurnWords = 3;

    private readonly SearchQuestion question;
    private readonly bool hasKnownName;

    public RelevanceFilter(SearchQuestion question, IReadOnlyList<Passage> passages)
    {
        this.question = question;
        hasKnownName = question.Names.Any(name => name.TrueForAll(part => IsNameIn(passages, part)));
    }

    /// <param name="matched">Number of question words in the passage or its neighbours.</param>
    public bool Passes(Passage passage, int matched)
    {
        if (hasKnownName)
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

    /// <summary>Returns whether the word is written as a name: with a capital letter inside a sentence, or always with one. "world" does not match "World War".</summary>
    private static bool IsNameIn(IReadOnlyList<Passage> passages, Token word)
    {
        var with = passages.Where(passage => passage.Words.Any(token => Same(token, word))).ToList();

        return with.Exists(ContainsName) || (with.Count > 0 && !with.Exists(IsLowercased));

        bool ContainsName(Passage passage) => SearchQuestion.FindNames(passage.Text).Exists(name => name.Exists(token => Same(token, word)));

        bool IsLowercased(Passage passage) => WordPattern.Matches(passage.Text)
            .Any(match => char.IsLower(match.ValueSpan[0]) && Tokenizer.Words(match.ValueSpan).Exists(token => Same(token, word)));
    }

    private static bool Same(Token one, Token other) => ReferenceEquals(one, other) || one.Stems.Any(other.Stems.Contains);

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex WordPattern { get; }
}
