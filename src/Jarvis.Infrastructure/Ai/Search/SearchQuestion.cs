using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A parsed question to memory: its words, names and times, and whether it is about the user.</summary>
/// <param name="IsAboutThePast">True if ended memories are also an answer.</param>
/// <param name="IsAboutThePerson">True if the question is about the user ("my", "did I"). The phrase "how do I" does not count.</param>
/// <param name="Names">Words of each name: "World Cup" is another name than "world".</param>
internal sealed partial record SearchQuestion(
    IReadOnlyList<QueryTerm> Words,
    IReadOnlyList<List<Token>> Names,
    IReadOnlyList<DateExpression> Times,
    bool IsAboutThePerson,
    bool IsAboutThePast)
{
    /// <summary>Maximum number of words. A longer text is material and not a question.</summary>
    private const int MaxWords = 40;

    public bool AsksNothing => Words.Count == 0 && !(Times.Count > 0 && IsAboutThePerson);

    public IReadOnlyList<string> Stems => [.. Words.SelectMany(word => word.Stems).Distinct()];

    public static SearchQuestion Parse(string text, DateTimeOffset now)
    {
        var names = FindNames(text);
        var named = names.SelectMany(name => name).ToHashSet();
        var words = Tokenizer.Words(text)
            .DistinctBy(word => word.Stems[0])
            .Take(MaxWords)
            .Select(word => new QueryTerm(word.Stems, named.Contains(word), WordingStems.Contains(word.Stems[0])))
            .ToList();
        var folded = Tokenizer.Fold(text);

        // In a task for the model, such as a translation, names are part of the material.
        if (ModelTask.IsMatch(folded))
        {
            names = [];
        }

        // A text that only consists of pleasantries has no topic.
        var topic = words.TrueForAll(word => Pleasantries.Overlaps(word.Stems)) ? [] : words;

        var times = DateExpression.Find(text, now);

        return new SearchQuestion(topic, names, times, IsAbout(folded), times.Count > 0 || Past.IsMatch(folded));
    }

    /// <summary>Returns the number of question words in a passage.</summary>
    public int FindWords(Passage passage) => Words.Count(word => passage.Words.Any(token => token.Stems.Any(word.Stems.Contains)));

    /// <summary>Finds words that start with a capital letter inside a sentence, together with capitalised words that follow.</summary>
    public static List<List<Token>> FindNames(string text) => [.. NamePattern.Matches(text).Select(match => Tokenizer.Words(match.Value)).Where(words => words.Count > 0)];

    private static bool IsAbout(string folded)
    {
        var own = FillerPattern.Replace(folded, " ");

        return FirstPerson.IsMatch(own) || FirstPersonVerb.IsMatch(NonVerbs.Replace(own, " "));
    }

    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:]\s+)\p{Lu}[\p{L}\p{N}]*( (\p{Lu}[\p{L}\p{N}]*))*")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(
        @"\b(my|mine|our|ours|i|i'm|i’m|we|about me|moj|moja|moje|moi|mojego|mojej|mojemu|moim|moich|moimi|mnie|mam|jestem|nasz|nasza|nasze|naszego|naszej|naszym|mamy|bylem|bylam|mialem|mialam)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex FirstPerson { get; }

    // "Gdzie mieszkam?" has no pronoun. In Polish, the ending shows the person.
    [GeneratedRegex(@"\b\p{L}{3,}([ae]m|uje|alem|alam|ilem|ilam|ylem|ylam|[aeiy]my)\b|\b(lubie|mowie|ucze|chce|moge|musze|jezdze|sadze|mysle|widze|ide|jade|cierpie|nosze|biore|robie)\b", RegexOptions.CultureInvariant)]
    private static partial Regex FirstPersonVerb { get; }

    [GeneratedRegex(@"\b(dziekuje|czym|problem|system|krem|totem|item|them|team|exam|program|spam|cream|dream|steam|seem)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NonVerbs { get; }

    [GeneratedRegex(
        @"^\W*(please |prosze,? )?(translate|how do (you|i) say|convert|calculate|what does the word|przetlumacz|jak sie mowi|jak powiedziec|oblicz|zamien|przelicz|co znaczy)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex ModelTask { get; }

    [GeneratedRegex(
        @"\b(did|was|were|had|used to|been|before|previous(ly)?|former(ly)?|earlier|once|last|past|ago|old"
        + @"|\p{L}{2,}(lem|lam|lismy|lysmy)|wczesniej|przedtem|poprzedni\p{L}*|kiedys|dawniej|dawn[yea]\p{L}*|ostatni\p{L}*|byl[aoy]?|bylo)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Past { get; }

    [GeneratedRegex(
        @"\b(how (do|can|could|should|would|to) (i|we)|(can|could|may) (i|we) (ask|have|get)|i (want|need|would like|'d like) (you )?to|(?<!\b(do|did) )i (think|see|mean|guess|understand|appreciate)"
        + @"|we (call|say|know)|do we (call|say|know))\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex FillerPattern { get; }

    /// <summary>Words that belong to the wording of a question and not to its topic.</summary>
    private static readonly HashSet<string> WordingStems = [.. Tokenizer.Words(
        "kind sort type often both mention describe say discuss according likely share particular specific different name recently rodzaj czesto wspominalem mowilem opisz konkretnie ostatnio")
        .Select(word => word.Stems[0])];

    private static readonly HashSet<string> Pleasantries = [.. Tokenizer.Words(
        "great sounds nice cool perfect awesome wonderful super fine sure welcome see tomorrow later soon really helpful help appreciate day weekend lovely good right yeah yep nope "
        + "understand understood agreed exactly joke funny haha swietnie fajnie jasne dobra dobrze spoko milego dnia wieczoru weekendu widzenia zobaczenia jutra pozniej pomoc pomocne "
        + "rozumiem zgoda dokladnie wlasnie zart smieszne pa super ekstra pozdrawiam bardzo milo rzeczy wszystkiego najlepszego")
        .SelectMany(word => word.Stems)];
}
