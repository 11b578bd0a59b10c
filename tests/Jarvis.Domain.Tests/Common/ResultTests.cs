using System.Globalization;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Common;

public sealed class ResultTests
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "test.refused", $"No.");

    [Fact]
    public void A_refusal_has_no_value_to_take_by_mistake()
    {
        Result<int> refused = Refusal;

        var taking = () => refused.Value;

        taking.Should().Throw<InvalidOperationException>().WithMessage("*test.refused*");
    }

    [Fact]
    public void A_value_is_no_refusal()
    {
        Result<int> done = 0;

        done.Error.Should().BeNull();
        done.Value.Should().Be(0);
    }

    [Fact]
    public void An_error_keeps_what_its_sentence_was_filled_with_and_reads_alike_everywhere()
    {
        CultureInfo.CurrentCulture = new CultureInfo("pl-PL");

        var error = new Error(ErrorKind.Invalid, "test.invalid", $"At most {1.5} of {"them"}.");

        error.Message.Should().Be("At most 1.5 of them.");
        error.Arguments.Should().Equal(1.5, "them");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_error_without_a_code_is_a_mistake(string code)
    {
        var making = () => new Error(ErrorKind.Invalid, code, $"No.");

        making.Should().Throw<ArgumentException>();
    }
}
