using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Ai.Extraction.Rules.English;
using Jarvis.Infrastructure.Ai.Extraction.Rules.Polish;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>What the reader of statements knows about one language.</summary>
/// <param name="Opening">Words before a statement that say nothing: "By the way,", "Remember that".</param>
/// <param name="ClauseStart">Where a sentence may be cut: a joint followed by what starts a statement of its own.</param>
/// <param name="Doubt">Anywhere in a sentence: it is no plain statement (condition, report, irony).</param>
/// <param name="Date">A date or a time by which something can be kept.</param>
/// <param name="Standing">Says that a wish holds from now on, and not for one question.</param>
internal sealed record Language(
    Regex Opening,
    Regex ClauseStart,
    Regex Doubt,
    Regex Date,
    Regex Standing,
    IReadOnlyList<StatementPattern> Patterns)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Language> All { get; } = [EnglishPatterns.Language, PolishPatterns.Language];

    public static Regex Expression(string pattern) => new(pattern, Options, Timeout);
}
