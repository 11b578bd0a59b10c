using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Queue;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

public sealed class FailureTextTests
{
    [Fact]
    public void Long_texts_are_never_cut_inside_a_surrogate_pair()
    {
        var argument = new string('a', 499) + "😀";

        var (text, arguments) = FailureText.Parse(FailureText.Format(new Error(ErrorKind.Invalid, "a", $"{argument}")));

        text.Should().Be("a: " + new string('a', 497));
        arguments.Should().Equal(new string('a', 499));
    }
}
