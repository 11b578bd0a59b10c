using Jarvis.Domain.Accounts;

namespace Jarvis.Domain.Tests.Accounts;

public sealed class UserConfigTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_new_person_has_chosen_nothing_yet()
    {
        var config = UserConfig.For(UserId.New(Now), Now);

        (config.Model, config.Language, config.Theme, config.SpeachesEnabled).Should().Be((null, null, Theme.System, false));
        config.Temperature.Should().Be(Temperature.Default);
    }

    [Fact]
    public void Each_person_has_a_key_of_their_own_for_their_memories()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(UserConfig.For(UserId.New(Now), Now).MemoryKey)).ToList();

        keys.Should().OnlyHaveUniqueItems();
        keys.Should().OnlyContain(key => key.Length == 64);
    }
}
