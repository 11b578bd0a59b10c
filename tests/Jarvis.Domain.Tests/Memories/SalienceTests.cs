using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Memories;

public sealed class SalienceTests
{
    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Outside_of_its_bounds_there_is_none(float value)
    {
        var making = () => new Salience(value);

        making.Should().Throw<ArgumentOutOfRangeException>();
        Salience.IsValid(value).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_bounds_belong_to_it(float value) => new Salience(value).Value.Should().Be(value);

    [Fact]
    public void What_is_said_again_matters_more_up_to_the_most()
    {
        var salience = new Salience(0.85f);

        salience.Raised().Value.Should().BeApproximately(0.95f, 0.001f);
        salience.Raised().Raised().Raised().Value.Should().Be(1);
    }
}
