using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// What of a message a person says in their own name: without code, quotations, pasted documents, and the material of a
/// task ("Translate: …", "Write a story: …"). When in doubt it is not their own: missing a fact is cheap, inventing one is not.
/// </summary>
/// <param name="HasMaterial">Whether something was left out as not their own.</param>
internal sealed partial record UserTextFilter(IReadOnlyList<Sentence> Sentences, bool HasMaterial)
{
    /// <summary>Nobody types more than this about themselves at once; who does is asked to say it again, shorter.</summary>
    private const int MaxTypedLength = 2_000;
    private const int MaxShortQuoteLength = 3;
    private const char Omission = '\uFFFC';

    private static readonly Dictionary<char, char> Quotes = new() { ['"'] = '"', ['“'] = '”', ['„'] = '”', ['«'] = '»', ['‘'] = '’', ['\''] = '\'' };

    public static UserTextFilter Filter(string said)
    {
        if (said.Length > MaxTypedLength)
        {
            return new UserTextFilter([], HasMaterial: true);
        }

        var sentences = new List<Sentence>();
        var text = RemoveQuotations(string.Join('\n', LinesOutsideCode(said)));
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

    // What follows a colon is mostly somebody else's: a text to work on, a quotation, a line of a chat log.
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

    public static IEnumerable<string> LinesOutsideCode(string said)
    {
        var fenced = false;
        foreach (var line in said.ReplaceLineEndings("\n").Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced && !trimmed.StartsWith('>') && !trimmed.StartsWith('|'))
            {
                yield return line;
            }
        }
    }

    // A short quotation may be a name ('My dog is called "Rex"'); a longer one, or code, is left out with its sentence.
    private static string RemoveQuotations(string text)
    {
        var own = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var opens = i == 0 || char.IsWhiteSpace(text[i - 1]) || "([:".Contains(text[i - 1], StringComparison.Ordinal);
            if (text[i] == '`' || (opens && Quotes.ContainsKey(text[i])))
            {
                var end = FindQuotationEnd(text, i);
                var quoted = text[(i + 1)..end];
                var isName = text[i] != '`' && quoted.Split(' ').Length <= MaxShortQuoteLength && end < text.Length && text[end] != '\n';
                own.Append(isName ? text[i..(end + 1)] : $"{Omission}");
                i = end < text.Length && text[end] == '\n' ? end - 1 : end;
            }
            else
            {
                own.Append(text[i]);
            }
        }

        return own.ToString();
    }

    // The closing mark; without one, the end of the text, for what is open may hold anything.
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

    /// <summary>Tasks on a text that may stand before or after them, and orders against Jarvis's own: nothing in the message counts.</summary>
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

    /// <summary>Invention, and documents with a head: what was said before is the person's own, what follows is not.</summary>
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
