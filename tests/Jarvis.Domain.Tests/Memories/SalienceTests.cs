using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Memories;

public sealed class SalienceTests
{
    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Salience_outside_its_bounds_is_rejected(float value)
    {
        var act = () => new Salience(value);

        act.Should().Throw<ArgumentOutOfRangeException>();
        Salience.IsValid(value).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Salience_bounds_are_inclusive(float value) => new Salience(value).Value.Should().Be(value);

    [Fact]
    public void Salience_rises_up_to_the_maximum()
    {
        var salience = new Salience(0.85f);

        salience.Reinforced().Value.Should().BeApproximately(0.95f, 0.001f);
        salience.Reinforced().Reinforced().Reinforced().Value.Should().Be(1);
    }
}
