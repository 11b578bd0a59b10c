using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Decides whether a document bears on a text: enough of the text's words must stand in it, or a name that the text names. A
/// text about the person themself ("my", "I") is meant for memory and needs fewer.
/// </summary>
internal sealed partial class RelevanceGate
{
    private const double Share = 0.6;
    private const double ShareAboutThePerson = 0.34;

    private static readonly HashSet<string> FirstPerson =
    [
        "i", "my", "me", "mine", "our", "we", "moj", "moja", "moje", "mojego", "mojej", "mojemu", "moim", "moi", "moich", "mnie", "mi", "mam", "ja",
        "nasz", "nasza", "nasze", "jestem",
    ];

    private readonly IReadOnlyList<IReadOnlyList<string>> words;
    private readonly HashSet<string> names;
    private readonly double share;

    private RelevanceGate(IReadOnlyList<IReadOnlyList<string>> words, HashSet<string> names, double share) =>
        (this.words, this.names, this.share) = (words, names, share);

    /// <summary>Nothing bears on a text that says nothing: a greeting, a thank-you.</summary>
    public bool IsClosed => words.Count == 0;

    public IEnumerable<string> Terms => words.SelectMany(word => word).Distinct();

    public static RelevanceGate For(string text)
    {
        var words = MemorySearch.Terms.Words(text).DistinctBy(stems => stems[0]).ToList();
        var aboutThePerson = MemorySearch.Terms.Fold(text)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', '?', '!', '’', '\''))
            .Any(word => FirstPerson.Contains(word) || IsFirstPersonVerb(word));

        return new RelevanceGate(words, NamesIn(text), aboutThePerson ? ShareAboutThePerson : Share);
    }

    /// <param name="terms">Of a document, separated by spaces.</param>
    public bool Passes(string terms)
    {
        var there = terms.Split(' ').ToHashSet(StringComparer.Ordinal);

        return words.Count(stems => stems.Any(there.Contains)) >= share * words.Count || names.Overlaps(there);
    }

    // A capital inside a sentence: "with Reksio in Gdańsk" is about both, however long the sentence around them is.
    private static HashSet<string> NamesIn(string text) => MemorySearch.Terms.Words(string.Join(' ', NamePattern.Matches(text).Select(name => name.Value)))
        .SelectMany(stems => stems)
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:]\s+)\p{Lu}\p{Ll}+")]
    private static partial Regex NamePattern { get; }

    // "Gdzie mieszkam?" has no pronoun: in Polish the ending says who.
    private static bool IsFirstPersonVerb(string word) =>
        word.Length > 4 && (word.EndsWith("am", StringComparison.Ordinal) || word.EndsWith("em", StringComparison.Ordinal) || word.EndsWith("uje", StringComparison.Ordinal));
}
