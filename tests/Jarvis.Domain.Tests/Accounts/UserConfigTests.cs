using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Accounts;

public sealed class UserConfigTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_user_has_default_settings()
    {
        var config = UserConfig.CreateDefault(UserId.New(Now), Now);

        (config.Model, config.Language, config.Theme, config.SpeachesEnabled).Should().Be((null, null, Theme.System, false));
        config.Temperature.Should().Be(Temperature.Default);
    }

    [Fact]
    public void Each_user_has_a_unique_memory_key()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(UserConfig.CreateDefault(UserId.New(Now), Now).MemoryKey)).ToList();

        keys.Should().OnlyHaveUniqueItems();
        keys.Should().OnlyContain(key => key.Length == 64);
    }
}
