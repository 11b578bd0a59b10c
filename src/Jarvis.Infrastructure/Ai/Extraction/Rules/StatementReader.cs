using System.Text.RegularExpressions;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Reads statements that people make about themselves, in their own words: each is a clause as it was said. Whoever only
/// asks, supposes, reports or jokes states nothing.
/// </summary>
internal static partial class StatementReader
{
    private const int MaxClauseLength = 300;

    /// <summary>Who tells Jarvis how to answer does so in a few words; what is longer may have been pasted.</summary>
    private const int MaxRequestLength = 500;

    public static IReadOnlyList<Statement> Read(string said)
    {
        var own = UserTextFilter.Filter(said);
        var asksNothing = !own.HasMaterial && !own.Sentences.Any(sentence => sentence.IsQuestion);

        return [.. own.Sentences
            .Where(IsPlain)
            .Select(Stated)
            .SelectMany(Clauses)
            .Select(clause => FindStatement(clause, requireDate: true))
            .OfType<Statement>()
            .Where(statement => statement.Kind != MemoryKind.Instruction
                || (said.Length <= MaxRequestLength && !own.HasMaterial && (asksNothing || statement.IsStanding)))];
    }

    /// <summary>Reads again what memory holds, for the question it answers.</summary>
    public static PersonalAttribute? ToAttribute(string content) => FindStatement(content, requireDate: false)?.Slot;

    /// <summary>The same where it answers that question; to see that it does not takes a fraction of the time.</summary>
    public static PersonalAttribute? ToAttribute(string content, string name) =>
        Language.All.Any(language => MayAnswer(content, name, language)) ? ToAttribute(content) : null;

    public static bool IsMachineText(string sentence) => MachineText().IsMatch(sentence);

    /// <summary>"I have two dogs, what food is best for them?" states something before it asks.</summary>
    public static string Stated(Sentence sentence)
    {
        if (!sentence.IsQuestion)
        {
            return sentence.Text;
        }

        var question = QuestionAfterStatement().Match(sentence.Text);

        return question.Success ? sentence.Text[..question.Index] : "";
    }

    private static bool IsPlain(Sentence sentence) =>
        !MachineText().IsMatch(sentence.Text) && !Language.All.Any(language => language.Doubt.IsMatch(sentence.Text));

    private static IEnumerable<string> Clauses(string sentence)
    {
        foreach (var language in Language.All)
        {
            if (FindStatement(sentence, requireDate: true, language) is not null || language.ClauseStart.IsMatch(sentence))
            {
                return Clauses(sentence, language);
            }
        }

        return [sentence];
    }

    private static IEnumerable<string> Clauses(string sentence, Language language)
    {
        var start = 0;
        var subject = "";
        foreach (Match cut in language.ClauseStart.Matches(sentence))
        {
            // "I live in Bern and work at IKEA": the second clause gets back the subject that it shares with the first.
            var bare = cut.Groups["bare"].Success;
            if (bare && !SharedSubject().IsMatch(WithoutOpening(sentence[start..cut.Index], language)))
            {
                continue;
            }

            yield return subject + sentence[start..cut.Index];
            subject = bare ? "I " : "";
            start = cut.Index + cut.Length;
        }

        yield return subject + sentence[start..];
    }

    private static Statement? FindStatement(string clause, bool requireDate) =>
        Language.All.Select(language => FindStatement(clause, requireDate, language)).FirstOrDefault(statement => statement is not null);

    private static Statement? FindStatement(string clause, bool requireDate, Language language)
    {
        try
        {
            return FindMatch(clause, requireDate, language);
        }
        catch (RegexMatchTimeoutException)
        {
            // Never seen, for clauses are short; a machine that stands still for a second is no reason to lose the other clauses.
            return null;
        }
    }

    private static bool MayAnswer(string content, string name, Language language)
    {
        try
        {
            var text = TrimClause(content, language);

            return language.Patterns.Any(pattern => pattern.Slot == name && pattern.Expression.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            // As above: then it is read in full.
            return true;
        }
    }

    private static Statement? FindMatch(string clause, bool requireDate, Language language)
    {
        var text = TrimClause(clause, language);
        if (text.Length is 0 or > MaxClauseLength)
        {
            return null;
        }

        foreach (var pattern in language.Patterns)
        {
            var match = pattern.Expression.Match(text);
            if (match.Success && (!pattern.Dated || !requireDate || language.Date.IsMatch(text)))
            {
                return new Statement(pattern, char.ToUpperInvariant(text[0]) + text[1..], ToAttribute(pattern, match), language.Standing.IsMatch(text));
            }
        }

        return null;
    }

    private static string TrimClause(string clause, Language language) =>
        Aside().Replace(WithoutOpening(clause, language), "").TrimEnd(' ', ',', ';', ':', '-', '–', '—', '.', '!', ')');

    private static PersonalAttribute? ToAttribute(StatementPattern pattern, Match match) =>
        pattern.Slot is null
            ? null
            : new PersonalAttribute(pattern.Slot, LanguageLexicon.InEnglish(match.Groups["of"].Value), pattern.Value ?? match.Groups["v"].Value);

    private static string WithoutOpening(string clause, Language language)
    {
        var text = clause.Trim();
        for (var opening = language.Opening.Match(text); opening.Success && opening.Length > 0; opening = language.Opening.Match(text))
        {
            text = text[opening.Length..].TrimStart(' ', ',', '-', '–', '—');
        }

        return text;
    }

    /// <summary>Markup, addresses and code are no sentences of a person.</summary>
    [GeneratedRegex(@"[{}<>=|\\\[\]]|https?:|www\.|\b[\w-]+\.(?:com|net|org|io|pl|eu|ru)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MachineText();

    /// <summary>What a statement trails behind itself that states nothing.</summary>
    [GeneratedRegex(
        @"(?:,? so|,? because|,? nice to|, thanks|, thank you|, please|,? which is why|, więc|, dlatego|, bo|, ponieważ|, miło|, dzięki|, dziękuję|, proszę)\b.*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Aside();

    [GeneratedRegex(
        @"(?:[,;]| [-–—])\s+(?:(?:and|so|but|a|i|więc|to)\s+)?(?:(?:od|do|z|na|w|o|po|przy|za)\s+(?:czego|czym|czemu|co|kogo|kim|jaki\w*|której|którego|którym)|what|which|how|where|when|why|who|can|could|should|do|does|is|are|will|would|any|jak|jaki|jaka|jakie|gdzie|kiedy|co|czy|ile|czemu|dlaczego|któr\w+|\p{L}+[aeiy]sz)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex QuestionAfterStatement();

    [GeneratedRegex(@"^i (?!would|could|should|might|want|hope|plan|will|['’]d)\p{L}+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SharedSubject();
}
