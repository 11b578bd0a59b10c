using System.Text.RegularExpressions;

namespace Jarvis.Architecture.Tests;

/// <summary>Names and prose of the product are plain English. User input and Polish texts are exempt.</summary>
public sealed partial class PlainWordsTests
{
    private static readonly string[] Extensions = [".cs", ".cshtml", ".js", ".css", ".md", ".resx"];

    private static readonly List<SourceFile> Files =
    [
        .. Solution.Files()
            .Where(file => file == "README.md" || file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("docs/", StringComparison.Ordinal))
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/lib/", StringComparison.Ordinal))
            .Select(SourceFile.Read),
    ];

    private static readonly HashSet<string> Old = [.. OldNames.All];

    [Fact]
    public void Files_contain_no_old_name()
    {
        Files.Should().NotBeEmpty();
        ExpectNone(from file in Files from Match match in Name().Matches(file.Text) where Old.Contains(match.Value) select Place(file, match.Index, match.Value));
    }

    [Fact]
    public void Prose_contains_no_forbidden_phrase()
    {
        var prose = Files.SelectMany(file => Prose(file).Select(match => (File: file, Match: match))).ToList();

        prose.Should().NotBeEmpty();
        ExpectNone(
            from part in prose
            from Match match in Phrase().Matches(part.Match.Value)
            select Place(part.File, part.Match.Index + match.Index, match.Value));
    }

    [Fact]
    public void Doc_comments_begin_with_a_noun_or_a_verb()
    {
        var code = Files.Where(file => Path.GetExtension(file.Name) == ".cs").ToList();

        code.Should().NotBeEmpty();
        ExpectNone(from file in code from Match match in Beginning().Matches(file.Text) select Place(file, match.Groups["word"].Index, match.Groups["word"].Value));
    }

    // The failure lists every place; the assertion library lists 32 at most.
    private static void ExpectNone(IEnumerable<string> places)
    {
        var found = places.Distinct().ToList();
        Assert.True(found.Count == 0, $"{found.Count} places:\n{string.Join('\n', found)}");
    }

    private static string Place(SourceFile file, int position, string found) => $"{file.Name}:{file.LineOf(position)}: {found}";

    // In code, comments and the texts of errors, logs and validation; other literals quote users.
    private static IEnumerable<Match> Prose(SourceFile file) => Path.GetExtension(file.Name) switch
    {
        ".md" => WholeText().Matches(file.Text),
        ".resx" => file.Name.EndsWith(".pl.resx", StringComparison.Ordinal) ? [] : ResourceText().Matches(file.Text),
        ".cs" => Comment().Matches(file.Text).Concat(Message().Matches(file.Text)),
        _ => Comment().Matches(file.Text),
    };

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?s)\A.*\z")]
    private static partial Regex WholeText();

    [GeneratedRegex(@"(?s)<value>.*?</value>")]
    private static partial Regex ResourceText();

    [GeneratedRegex(@"(?<![:""'])//.*$|(?s:/\*.*?\*/|@\*.*?\*@|<!--.*?-->)", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^.*(?:\bError\(|LoggerMessage\(|ErrorMessage = |Exception\(|Message = "").*$", RegexOptions.Multiline)]
    private static partial Regex Message();

    [GeneratedRegex(
        @"\b(?:is no (?!longer\b|more than\b)\w+|(?:is|are) none|where there (?:is|are)|by itself|for good|as ever|all the same|anew|once more|meanwhile|"
        + @"mends?|mended|patience|ruled|begun|parted|(?:bears?|bore) on|seldom|dies|stands(?!-)|lies|hangs on|goes on|somebody(?:'s)?|nobody(?:'s)?|whoever|everybody|"
        + @"an account of|a server of yours)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phrase();

    [GeneratedRegex(@"///\s*<(?:summary|returns|param [^>]*)>\s*(?:///\s*)?(?<word>What|Who|Whether|Of|Where|As|Not|That|To|Nothing|How)\b")]
    private static partial Regex Beginning();
}
