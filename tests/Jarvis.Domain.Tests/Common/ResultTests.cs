using System.Globalization;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Common;

public sealed class ResultTests
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "test.refused", $"No.");

    [Fact]
    public void Value_of_a_failed_result_throws()
    {
        Result<int> refused = Refusal;

        var act = () => refused.Value;

        act.Should().Throw<InvalidOperationException>().WithMessage("*test.refused*");
    }

    [Fact]
    public void Successful_result_has_no_error()
    {
        Result<int> result = 0;

        result.Error.Should().BeNull();
        result.Value.Should().Be(0);
    }

    [Fact]
    public void Error_keeps_its_arguments_and_ignores_the_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("pl-PL");

        var error = new Error(ErrorKind.Invalid, "test.invalid", $"At most {1.5} of {"them"}.");

        error.Message.Should().Be("At most 1.5 of them.");
        error.Arguments.Should().Equal(1.5, "them");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Error_without_a_code_throws(string code)
    {
        var act = () => new Error(ErrorKind.Invalid, code, $"No.");

        act.Should().Throw<ArgumentException>();
    }
}
