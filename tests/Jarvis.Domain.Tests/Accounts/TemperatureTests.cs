using Jarvis.Domain.Accounts;

namespace Jarvis.Domain.Tests.Accounts;

public sealed class TemperatureTests
{
    [Theory]
    [InlineData(-0.1f)]
    [InlineData(2.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Temperature_outside_its_bounds_is_rejected(float value)
    {
        var act = () => new Temperature(value);

        act.Should().Throw<ArgumentOutOfRangeException>();
        Temperature.IsValid(value).Should().BeFalse();
    }

    [Theory]
    [InlineData(Temperature.Minimum)]
    [InlineData(Temperature.Maximum)]
    public void Temperature_bounds_are_inclusive(float value) => new Temperature(value).Value.Should().Be(value);
}
