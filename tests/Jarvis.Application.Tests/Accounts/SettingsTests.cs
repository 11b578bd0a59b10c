using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Tests.Accounts;

public sealed class SettingsTests : IAsyncLifetime
{
    private static readonly Settings Valid = new("scripted", 1, SpeachesEnabled: true, "kokoro", "emma", "speaches", "pl", Theme.Dark, MemoryLocalOnly: true, SpeechSpeed: 1.25f);

    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    public static TheoryData<Settings, string, string> InvalidSettings => new()
    {
        { Valid with { Model = "retired" }, "model", "settings.model_unknown" },
        { Valid with { Temperature = 2.1f }, "temperature", "settings.temperature_invalid" },
        { Valid with { Temperature = float.NaN }, "temperature", "settings.temperature_invalid" },
        { Valid with { Language = "de" }, "language", "settings.language_unknown" },
        { Valid with { SpeachesTtsModel = new string('x', 201) }, "speachesTtsModel", "settings.voice_invalid" },
        { Valid with { SpeachesTtsVoice = new string('x', 201) }, "speachesTtsVoice", "settings.voice_invalid" },
        { Valid with { TtsProvider = new string('x', 201) }, "ttsProvider", "settings.voice_invalid" },
        { Valid with { TtsProvider = "siri" }, "ttsProvider", "speech.provider_unknown" },
        { Valid with { SpeachesTtsModel = "retired" }, "speachesTtsModel", "speech.model_unknown" },
        { Valid with { SpeachesTtsVoice = "anna" }, "speachesTtsVoice", "speech.voice_unknown" },
        { Valid with { SpeachesTtsVoice = "gosia" }, "speachesTtsVoice", "speech.voice_unknown" },
        { Valid with { SpeechSpeed = 2.1f }, "speechSpeed", "speech.speed_invalid" },
    };

    [Fact]
    public async Task Updated_settings_are_stored()
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.UserId, Valid));

        updated.Value.Should().Be(Valid);
        (await jarvis.SendAsync(new GetSettings(jarvis.UserId))).Should().Be(Valid);
    }

    [Theory]
    [MemberData(nameof(InvalidSettings), DisableDiscoveryEnumeration = true)]
    public async Task Invalid_setting_is_rejected_with_its_field_and_not_stored(Settings settings, string field, string code)
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.UserId, settings));

        updated.Error!.Code.Should().Be(code);
        updated.Error.Fields.Should().ContainSingle().Which.Key.Should().Be(field);
        (await jarvis.SendAsync(new GetSettings(jarvis.UserId))).Theme.Should().Be(Theme.System);
    }

    [Fact]
    public async Task Several_invalid_fields_are_reported_together()
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.UserId, Valid with { Language = "de", Temperature = -1 }));

        updated.Error!.Code.Should().Be("request.invalid");
        updated.Error.Fields.Keys.Should().BeEquivalentTo("language", "temperature");
    }

    [Fact]
    public async Task Settings_of_one_user_do_not_affect_another()
    {
        var other = await jarvis.AddUserAsync();

        await jarvis.SendAsync(new UpdateSettings(jarvis.UserId, Valid));

        (await jarvis.SendAsync(new GetSettings(other))).Model.Should().BeNull();
    }
}
