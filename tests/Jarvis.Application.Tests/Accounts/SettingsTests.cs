using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;

namespace Jarvis.Application.Tests.Accounts;

public sealed class SettingsTests : IAsyncLifetime
{
    private static readonly Settings Valid = new("scripted", 1, SpeachesEnabled: true, "kokoro", "emma", "speaches", "pl", Theme.Dark, MemoryLocalOnly: true, SpeechSpeed: 1.25f);

    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    public static TheoryData<Settings, string, string> Wrong => new()
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
    public async Task What_is_chosen_is_kept()
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.Person, Valid));

        updated.Value.Should().Be(Valid);
        (await jarvis.SendAsync(new GetSettings(jarvis.Person))).Should().Be(Valid);
    }

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_does_not_exist_is_refused_by_its_field_and_nothing_is_kept(Settings settings, string field, string code)
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.Person, settings));

        updated.Error!.Code.Should().Be(code);
        updated.Error.Fields.Should().ContainSingle().Which.Key.Should().Be(field);
        (await jarvis.SendAsync(new GetSettings(jarvis.Person))).Theme.Should().Be(Theme.System);
    }

    [Fact]
    public async Task Several_wrong_fields_are_told_at_once()
    {
        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.Person, Valid with { Language = "de", Temperature = -1 }));

        updated.Error!.Code.Should().Be("request.invalid");
        updated.Error.Fields.Keys.Should().BeEquivalentTo("language", "temperature");
    }

    [Fact]
    public async Task One_persons_choice_is_nobody_elses()
    {
        var other = await jarvis.AddPersonAsync();

        await jarvis.SendAsync(new UpdateSettings(jarvis.Person, Valid));

        (await jarvis.SendAsync(new GetSettings(other))).Model.Should().BeNull();
    }
}
