using System.Text;
using System.Text.RegularExpressions;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Selects the sentences of a message that users write about themselves: without code, quotations, pasted documents, and the material of
/// a task ("Translate: …", "Write a story: …"). In doubt, a sentence is left out: a missed fact is cheaper than an invented one.
/// </summary>
/// <param name="HasMaterial">Indicates whether the filter left something out.</param>
internal sealed partial record UserTextFilter(IReadOnlyList<Sentence> Sentences, bool HasMaterial)
{
    /// <summary>Maximum length of a message that a user types. The filter treats a longer one as pasted.</summary>
    private const int MaxTypedLength = 2_000;
    private const int MaxShortQuoteLength = 3;
    private const char Omission = '\uFFFC';

    private static readonly Dictionary<char, char> Quotes = new() { ['"'] = '"', ['“'] = '”', ['„'] = '”', ['«'] = '»', ['‘'] = '’', ['\''] = '\'' };

    public static UserTextFilter Filter(string message)
    {
        if (message.Length > MaxTypedLength)
        {
            return new UserTextFilter([], HasMaterial: true);
        }

        var sentences = new List<Sentence>();
        var text = RemoveQuotations(string.Join('\n', LinesOutsideCode(message)));
        foreach (var sentence in text.Split('\n').SelectMany(line => SentenceSplitter.Split(Bullet().Replace(line.Trim(), ""))))
        {
            if (ForeignWhole().IsMatch(sentence.Text))
            {
                return new UserTextFilter([], HasMaterial: true);
            }

            if (ForeignFromHere().IsMatch(sentence.Text))
            {
                return new UserTextFilter(sentences, HasMaterial: true);
            }

            var (own, material) = TextBeforeMaterial(sentence);
            if (own.Text.Length > 0 && !own.Text.Contains(Omission, StringComparison.Ordinal))
            {
                sentences.Add(own);
            }

            if (material)
            {
                return new UserTextFilter(sentences, HasMaterial: true);
            }
        }

        return new UserTextFilter(sentences, text.Contains(Omission, StringComparison.Ordinal));
    }

    // Text after a colon is mostly foreign: a text to work on, a quotation, a line of a chat log.
    private static (Sentence Own, bool Material) TextBeforeMaterial(Sentence sentence)
    {
        var colon = ColonBeforeText().Match(sentence.Text);
        if (!colon.Success)
        {
            return (sentence, Material: false);
        }

        return IntroducesOneself().IsMatch(sentence.Text[..colon.Index])
            ? (sentence with { Text = sentence.Text[(colon.Index + 1)..].Trim() }, Material: false)
            : (new Sentence(sentence.Text[..colon.Index].Trim(), IsQuestion: false), Material: true);
    }

    public static IEnumerable<string> LinesOutsideCode(string message)
    {
        var isInCodeBlock = false;
        foreach (var line in message.ReplaceLineEndings("\n").Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                isInCodeBlock = !isInCodeBlock;
            }
            else if (!isInCodeBlock && !trimmed.StartsWith('>') && !trimmed.StartsWith('|'))
            {
                yield return line;
            }
        }
    }

    // A short quotation may be a name ('My dog is called "Rex"'). A longer one, or code, is left out with its sentence.
    private static string RemoveQuotations(string text)
    {
        var unquoted = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var opens = i == 0 || char.IsWhiteSpace(text[i - 1]) || "([:".Contains(text[i - 1], StringComparison.Ordinal);
            if (text[i] == '`' || (opens && Quotes.ContainsKey(text[i])))
            {
                var end = FindQuotationEnd(text, i);
                var quoted = text[(i + 1)..end];
                var isName = text[i] != '`' && quoted.Split(' ').Length <= MaxShortQuoteLength && end < text.Length && text[end] != '\n';
                unquoted.Append(isName ? text[i..(end + 1)] : $"{Omission}");
                i = end < text.Length && text[end] == '\n' ? end - 1 : end;
            }
            else
            {
                unquoted.Append(text[i]);
            }
        }

        return unquoted.ToString();
    }

    // Without a closing mark, the quotation extends to the end of the text, because it may contain anything.
    private static int FindQuotationEnd(string text, int start)
    {
        var closing = text[start] == '`' ? '`' : Quotes[text[start]];
        for (var i = start + 1; i < text.Length; i++)
        {
            var closes = text[i] == closing || (text[start] == '„' && text[i] is '“' or '"');
            if (closes && (closing is not ('\'' or '’') || i + 1 == text.Length || !char.IsLetter(text[i + 1])))
            {
                return i;
            }
        }

        return text.Length;
    }

    [GeneratedRegex(@"^(?:[-*•+]|\d{1,2}[.)])\s+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Bullet();

    [GeneratedRegex(@":(?=\s|$)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ColonBeforeText();

    [GeneratedRegex(
        @"\b(?:about me|about myself|myself|remember|note|fyi|facts?|btw|by the way|update|news|o mnie|o sobie|zapamiętaj|pamiętaj|wiedz|nowina|nowości|uwaga)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IntroducesOneself();

    /// <summary>Matches tasks on a text before or after them, and prompt injections. Then nothing in the message counts.</summary>
    [GeneratedRegex(
        """
        ^(?:(?:please|now|and|then|jarvis|hi|hey|can\ you|could\ you|proszę|teraz|a|czy\ możesz|możesz)[,\ ]+)*
        (?: translate | proofread | correct\b | fix\ (?:the|my|this)\b | rewrite | rephrase | paraphrase | summari[sz]e | shorten | improve\b | edit\b
          | how\ do\ (?:you|i)\ say | what\ does | analy[sz]e\b
          | prze?tłumacz | popraw\b | skoryguj | streść | sparafrazuj | przeredaguj | zredaguj | skróć | przepisz | co\ znaczy | jak\ (?:się\ )?(?:powiedzieć|mówi) | przeanalizuj )
        | \b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines|above)\b
        | \b(?:zignoruj|ignoruj|pomiń|zapomnij)\b.{0,40}(?:instrukcj|zasad|poleceni|wytyczn|powyższ)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ForeignWhole();

    /// <summary>Matches fiction and documents with a header. Only the text before the match is the user's own.</summary>
    [GeneratedRegex(
        """
        ^(?:(?:please|now|and|then|jarvis|hi|hey|can\ you|could\ you|proszę|teraz|a|czy\ możesz|możesz)[,\ ]+)*
        (?: write\b | compose | draft\b | imagine | pretend | act\ (?:as|like) | role-?\ ?play | let(?:'|’)s\ (?:play|role|pretend|imagine) | you\ are\ (?:now|a|an|my)\b
          | you(?:'|’)re\ (?:now|a|an)\b | tell\ me\ a | (?:complete|continue|finish)\ (?:the|this|my) | (?:in\ (?:this|the)|my)\ (?:story|novel|game|book|character)
          | napisz | ułóż | wyobraź | udawaj | udajmy | wciel\ się | pobaw | zagraj(?:my)? | odegraj | opowiedz | dokończ | kontynuuj | jesteś\ (?:teraz|moim|moją)
          | (?:w\ (?:tej|mojej|tym|moim)|moja|mój)\ (?:histori|opowiad|powieś|grze|książ|bohater|postać) )
        | ^(?:from|to|subject|date|od|do|temat|data):\s
        | ^(?:dear|szanown[aiy]|drog[ai])\s+\p{Lu}
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ForeignFromHere();
}
