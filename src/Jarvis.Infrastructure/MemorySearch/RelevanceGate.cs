using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Decides which passages bear on a question. Words alone do not tell: "Why is the sky blue?" has two that somebody said. So a
/// question must be about the person, or name somebody or something that the person named, or have nearly all its words in one
/// place.
/// </summary>
internal sealed class RelevanceGate
{
    private const double ShareAboutThePerson = 0.34;
    private const double ShareOfAnItem = 0.6;
    private const double ShareOfATurn = 0.8;
    private const int LeastWordsOfATurn = 3;

    private readonly SearchQuestion question;
    private readonly bool namesWhatIsKnown;

    public RelevanceGate(SearchQuestion question, IReadOnlyList<Passage> passages)
    {
        this.question = question;
        namesWhatIsKnown = question.Names.Any(name => name.TrueForAll(part => passages.Any(passage => Names(passage, part))));
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
            return matched >= ShareAboutThePerson * count;
        }

        return passage.Of.IsItem ? matched >= ShareOfAnItem * count : count >= LeastWordsOfATurn && OwnWords(passage) >= ShareOfATurn * count;
    }

    private int OwnWords(Passage passage) => question.Words.Count(word => passage.Words.Any(said => said.Stems.Any(word.Stems.Contains)));

    // With a capital, as a name is written: "world" is no answer to "World War".
    private static bool Names(Passage passage, Word name) =>
        passage.Words.Any(word => ReferenceEquals(word, name) || word.Stems.Any(name.Stems.Contains))
        && Regex.Matches(passage.Text, @"(?<=[\p{L}\p{N},;:]\s+)\p{Lu}\p{Ll}+").Any(match => Terms.Words(match.Value) is [var word] && word.Stems.Any(name.Stems.Contains));
}
