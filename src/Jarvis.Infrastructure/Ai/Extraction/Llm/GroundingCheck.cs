using System.Text.RegularExpressions;
using Jarvis.Application.Memories;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Keeps a model from inventing. A note stands on what the person said in its turn, word by word, up to endings; names and
/// numbers without exception. A note that does not is dropped alone: refusing the rest with it would only make the job fail
/// again, for the model would invent again.
/// </summary>
internal static partial class GroundingCheck
{
    private const double MinSharedShare = 0.6;
    private const int MinWordLength = 3;

    private static readonly HashSet<string> Empty =
    [
        "the", "and", "has", "have", "was", "are", "his", "her", "their", "they", "she", "that", "this", "with", "from", "for", "who", "user", "person", "their",
        "jest", "oraz", "ktory", "ktora", "ktore", "ten", "tego", "jego", "jej", "sie", "uzytkownik", "osoba", "dla",
    ];

    public static bool IsGrounded(MemoryCandidate candidate, string said)
    {
        // Who asks states nothing: "What is my favourite colour?" does not bring back what Jarvis answered.
        var own = string.Join('\n', UserTextFilter.LinesOutsideCode(said).SelectMany(SentenceSplitter.Split).Select(StatementReader.Stated));
        if (!SharesWords(candidate.Content, own))
        {
            return false;
        }

        // An order is only a wish of the person where they said it themselves, about how they are to be answered.
        return candidate.Kind == MemoryKind.Instruction
            ? UserTextFilter.Filter(said).Sentences.Any(sentence => IsWish(sentence.Text) && SharesWords(candidate.Content, sentence.Text))
            : !Order().IsMatch(candidate.Content);
    }

    private static bool IsWish(string sentence) => AboutAnswers().IsMatch(sentence) && !StatementReader.IsMachineText(sentence);

    private static bool SharesWords(string content, string said)
    {
        var there = WordForms.Tokenize(said).ToHashSet();
        var words = WordForms.Tokenize(content).Where(word => !Empty.Contains(word) && (word.Length >= MinWordLength || word.Any(char.IsDigit))).Distinct().ToList();
        var shared = words.Where(word => Contains(there, word)).ToList();

        return words.Count > 0
            && shared.Count >= MinSharedShare * words.Count
            && words.Except(shared).All(word => !word.Any(char.IsDigit))
            && FindNames(content).All(name => Empty.Contains(name) || Contains(there, name));
    }

    private static bool Contains(HashSet<string> there, string word) =>
        there.Contains(word) || (!word.Any(char.IsDigit) && there.Any(other => IsOneWord(word, other)));

    private static bool IsOneWord(string word, string other)
    {
        var shared = word.AsSpan().CommonPrefixLength(other);

        return shared >= MinWordLength && shared >= MinSharedShare * Math.Max(word.Length, other.Length);
    }

    private static IEnumerable<string> FindNames(string content) =>
        Name().Matches(content).Where(match => match.Index > 0).SelectMany(match => WordForms.Tokenize(match.Value));

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
