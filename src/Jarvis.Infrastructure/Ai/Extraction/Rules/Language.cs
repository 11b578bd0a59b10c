using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Ai.Extraction.Rules.English;
using Jarvis.Infrastructure.Ai.Extraction.Rules.Polish;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Patterns of <see cref="StatementReader"/> for one language.</summary>
/// <param name="Opening">Words without content before a statement: "By the way,", "Remember that".</param>
/// <param name="ClauseStart">Position at which a sentence may be split: a conjunction or mark before the start of another statement.</param>
/// <param name="Doubt">Words that show that a sentence isn't a plain statement (condition, report, irony).</param>
/// <param name="Date">Date or time of an event.</param>
/// <param name="Standing">Words that show that a request applies from now on, not only to one question.</param>
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
