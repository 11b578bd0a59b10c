using System.Text.RegularExpressions;

namespace Jarvis.Architecture.Tests;

public sealed partial class ErrorTests
{
    private static readonly List<string> Codes =
    [
        .. from source in Solution.Sources
           from Match creation in Creation().Matches(source.Text)
           select creation.Groups["code"].Value,
    ];

    [Fact]
    public void Error_codes_are_unique()
    {
        Codes.Should().NotBeEmpty();
        Codes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Error_codes_are_dotted_and_lowercase()
    {
        Codes.Should().NotBeEmpty();
        Codes.Should().OnlyContain(code => Shape().IsMatch(code));
    }

    [GeneratedRegex(@"ErrorKind\.\w+,\s*(code:\s*)?""(?<code>[^""]*)""")]
    private static partial Regex Creation();

    [GeneratedRegex("^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$")]
    private static partial Regex Shape();
}
