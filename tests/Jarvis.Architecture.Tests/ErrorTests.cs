using System.Text.RegularExpressions;

namespace Jarvis.Architecture.Tests;

public sealed partial class ErrorTests
{
    private static readonly List<string> Codes =
    [
        .. from source in Solution.Sources
           from Match made in Made().Matches(source.Text)
           select made.Groups["code"].Value,
    ];

    [Fact]
    public void Codes_are_unique_because_programs_and_translations_hang_on_them()
    {
        Codes.Should().NotBeEmpty();
        Codes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Codes_are_dotted_and_in_lower_case()
    {
        Codes.Should().NotBeEmpty();
        Codes.Should().OnlyContain(code => Shape().IsMatch(code));
    }

    [GeneratedRegex(@"ErrorKind\.\w+,\s*(code:\s*)?""(?<code>[^""]*)""")]
    private static partial Regex Made();

    [GeneratedRegex("^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$")]
    private static partial Regex Shape();
}
