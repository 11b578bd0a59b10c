using System.Text.RegularExpressions;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Reads the statements that users make about themselves; each is a clause in the user's filtered words. Questions, assumptions, reports and
/// jokes are not statements.
/// </summary>
internal static partial class StatementReader
{
    private const int MaxClauseLength = 300;

    /// <summary>Maximum length of a message with an instruction to Jarvis. A longer message may contain pasted text.</summary>
    private const int MaxRequestLength = 500;

    public static IReadOnlyList<Statement> Read(string message)
    {
        var filtered = UserTextFilter.Filter(message);
        var hasNoQuestion = !filtered.HasMaterial && !filtered.Sentences.Any(sentence => sentence.IsQuestion);

        return [.. filtered.Sentences
            .Where(IsPlain)
            .Select(GetStatedPart)
            .SelectMany(SplitClauses)
            .Select(clause => FindStatement(clause, requireDate: true))
            .OfType<Statement>()
            .Where(statement => statement.Kind != MemoryKind.Instruction
                || (message.Length <= MaxRequestLength && !filtered.HasMaterial && (hasNoQuestion || statement.IsStanding)))];
    }

    /// <summary>Reads the attribute from the content of a stored memory; null if it has none.</summary>
    public static PersonalAttribute? ToAttribute(string content) => FindStatement(content, requireDate: false)?.Slot;

    /// <summary>
    /// Reads the attribute if the content may have one of that name. The check for the name takes a fraction of the time.
    /// </summary>
    public static PersonalAttribute? ToAttribute(string content, string name) =>
        Language.All.Any(language => MayHaveAttribute(content, name, language)) ? ToAttribute(content) : null;

    public static bool IsMachineText(string sentence) => MachineText().IsMatch(sentence);

    /// <summary>Returns the stated part of a sentence: "I have two dogs" of "I have two dogs, what food is best for them?".</summary>
    public static string GetStatedPart(Sentence sentence)
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

    private static IEnumerable<string> SplitClauses(string sentence)
    {
        foreach (var language in Language.All)
        {
            if (FindStatement(sentence, requireDate: true, language) is not null || language.ClauseStart.IsMatch(sentence))
            {
                return SplitClauses(sentence, language);
            }
        }

        return [sentence];
    }

    private static IEnumerable<string> SplitClauses(string sentence, Language language)
    {
        var start = 0;
        var subject = "";
        foreach (Match cut in language.ClauseStart.Matches(sentence))
        {
            // "I live in Bern and work at IKEA": the second clause gets the subject of the first.
            var hasSharedSubject = cut.Groups["bare"].Success;
            if (hasSharedSubject && !SharedSubject().IsMatch(WithoutOpening(sentence[start..cut.Index], language)))
            {
                continue;
            }

            yield return subject + sentence[start..cut.Index];
            subject = hasSharedSubject ? "I " : "";
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
            // Clauses are short, so only a machine that stalls for a second causes this. The other clauses still count.
            return null;
        }
    }

    private static bool MayHaveAttribute(string content, string name, Language language)
    {
        try
        {
            var text = TrimClause(content, language);

            return language.Patterns.Any(pattern => pattern.Slot == name && pattern.Expression.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            // The full read decides.
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
            : new PersonalAttribute(pattern.Slot, LanguageLexicon.ToEnglish(match.Groups["of"].Value), pattern.Value ?? match.Groups["v"].Value);

    private static string WithoutOpening(string clause, Language language)
    {
        var text = clause.Trim();
        for (var opening = language.Opening.Match(text); opening.Success && opening.Length > 0; opening = language.Opening.Match(text))
        {
            text = text[opening.Length..].TrimStart(' ', ',', '-', '–', '—');
        }

        return text;
    }

    /// <summary>Matches markup, addresses and code, which users don't write in sentences.</summary>
    [GeneratedRegex(@"[{}<>=|\\\[\]]|https?:|www\.|\b[\w-]+\.(?:com|net|org|io|pl|eu|ru)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MachineText();

    /// <summary>Matches the end of a sentence that adds nothing to the statement.</summary>
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
