using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Common;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Conflict")]
    [InlineData(" conflict ")]
    public void Name_is_parsed_regardless_of_case(string name) => Names.Parse<ErrorKind>(name).Should().Be(ErrorKind.Conflict);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("+3")]
    [InlineData("99")]
    [InlineData("Forbidden,NotFound")]
    [InlineData("Other")]
    public void Text_without_exactly_one_name_is_rejected(string? name) => Names.Parse<ErrorKind>(name).Should().BeNull();
}
