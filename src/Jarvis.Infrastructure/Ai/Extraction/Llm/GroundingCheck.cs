using System.Text.RegularExpressions;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Rejects invented notes. The words of a note must be in the user's message of its turn, apart from endings; for names and numbers there is
/// no tolerance. Only the ungrounded note is dropped: rejecting the whole response would make the job fail again, because the model would
/// invent again.
/// </summary>
internal static partial class GroundingCheck
{
    private const double MinSharedShare = 0.6;
    private const int MinWordLength = 3;

    private static readonly HashSet<string> StopWords =
    [
        "the", "and", "has", "have", "was", "are", "his", "her", "their", "they", "she", "that", "this", "with", "from", "for", "who", "user", "person", "their",
        "jest", "oraz", "ktory", "ktora", "ktore", "ten", "tego", "jego", "jej", "sie", "uzytkownik", "osoba", "dla",
    ];

    public static bool IsGrounded(MemoryCandidate candidate, string message)
    {
        // Questions are not a source: "What is my favourite colour?" must not confirm an answer by Jarvis.
        var statements = string.Join('\n', UserTextFilter.LinesOutsideCode(message).SelectMany(SentenceSplitter.Split).Select(StatementReader.GetStatedPart));
        if (!SharesWords(candidate.Content, statements))
        {
            return false;
        }

        // An instruction counts only if the user wrote it personally and it is about Jarvis's answers.
        return candidate.Kind == MemoryKind.Instruction
            ? UserTextFilter.Filter(message).Sentences.Any(sentence => IsAnswerPreference(sentence.Text) && SharesWords(candidate.Content, sentence.Text))
            : !Order().IsMatch(candidate.Content);
    }

    private static bool IsAnswerPreference(string sentence) => AboutAnswers().IsMatch(sentence) && !StatementReader.IsMachineText(sentence);

    private static bool SharesWords(string content, string message)
    {
        var available = message.SplitFoldedWords().ToHashSet();
        var words = content.SplitFoldedWords().Where(word => !StopWords.Contains(word) && (word.Length >= MinWordLength || word.Any(char.IsDigit))).Distinct().ToList();
        var shared = words.Where(word => Contains(available, word)).ToList();

        return words.Count > 0
            && shared.Count >= MinSharedShare * words.Count
            && words.Except(shared).All(word => !word.Any(char.IsDigit))
            && FindNames(content).All(name => StopWords.Contains(name) || Contains(available, name));
    }

    private static bool Contains(HashSet<string> available, string word) =>
        available.Contains(word) || (!word.Any(char.IsDigit) && available.Any(other => SharesStem(word, other)));

    private static bool SharesStem(string word, string other)
    {
        var shared = word.AsSpan().CommonPrefixLength(other);

        return shared >= MinWordLength && shared >= MinSharedShare * Math.Max(word.Length, other.Length);
    }

    private static IEnumerable<string> FindNames(string content) =>
        Name().Matches(content).Where(match => match.Index > 0).SelectMany(match => match.Value.SplitFoldedWords());

    [GeneratedRegex(@"(?<=[^.!?]\s)\p{Lu}[\p{L}'’-]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^(?:(?:please|proszę),? )?(?:always|never|from now on|ignore|disregard|forget|do not|don['’]t|you must|you should|jarvis|zawsze|nigdy|od teraz|odtąd|zignoruj|ignoruj|zapomnij|musisz|powinieneś)\b|https?:",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Order();

    [GeneratedRegex(
        @"\b(?:me|i|i['’](?:m|d)|my|answers?|repl(?:y|ies)|respon(?:d|ses?)|speak|talk|write|units?|emojis?|mi|mnie|wolę|odpowi\p{L}+|pisz\p{L}*|mów|emoji|jednost\p{L}+)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AboutAnswers();
}
