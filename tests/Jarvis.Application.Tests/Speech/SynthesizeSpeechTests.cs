using Jarvis.Application.Accounts;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Tests.Speech;

public sealed class SynthesizeSpeechTests : IAsyncLifetime
{
    private static readonly VoiceRequest Any = new(null, null, null);

    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    public static TheoryData<VoiceRequest, string, string, string> Voices => new()
    {
        { Any, "speaches", "kokoro", "heart" },
        { Any with { Provider = "speaches" }, "speaches", "kokoro", "heart" },
        { Any with { Model = "piper-pl" }, "speaches", "piper-pl", "gosia" },
        { Any with { Voice = "gosia" }, "speaches", "piper-pl", "gosia" },
        { Any with { Voice = "twin" }, "speaches", "kokoro", "twin" },
        { Any with { Voice = "twin", Model = "piper-en" }, "speaches", "piper-en", "twin" },
    };

    [Theory]
    [MemberData(nameof(Voices), DisableDiscoveryEnumeration = true)]
    public async Task Unspecified_voice_settings_are_resolved_to_match(VoiceRequest voiceRequest, string provider, string model, string voice)
    {
        var synthesized = await SpeakAsync(voiceRequest);

        (synthesized.Provider, synthesized.Model, synthesized.Voice).Should().Be((provider, model, voice));
    }

    [Fact]
    public async Task Users_voice_and_speed_are_used()
    {
        await ChooseAsync(model: null, voice: "gosia", speed: 1.5f);

        var synthesized = await SpeakAsync(Any);

        (synthesized.Model, synthesized.Voice, synthesized.Speed).Should().Be(("piper-pl", "gosia", new SpeechSpeed(1.5f)));
    }

    [Fact]
    public async Task Users_model_is_preferred_when_two_have_the_voice()
    {
        await ChooseAsync(model: "piper-en", voice: "amy");

        (await SpeakAsync(Any with { Voice = "twin" })).Model.Should().Be("piper-en");
    }

    [Fact]
    public async Task Voice_is_found_on_any_configured_server()
    {
        jarvis.Speech.Configured.Add("chatterbox");

        (await SpeakAsync(Any with { Voice = "alloy" })).Provider.Should().Be("chatterbox");
    }

    [Fact]
    public async Task Unspecified_server_resolves_to_the_configured_one()
    {
        jarvis.Speech.Configured.Clear();
        jarvis.Speech.Configured.Add("chatterbox");

        (await SpeakAsync(Any)).Provider.Should().Be("chatterbox");
    }

    [Fact]
    public async Task Unconfigured_server_is_not_replaced_by_another()
    {
        var refused = await jarvis.SendAsync(new SynthesizeSpeech(jarvis.UserId, "Hello", Any with { Provider = "chatterbox" }));

        refused.Error!.Code.Should().Be("speech.provider_off");
        jarvis.Speech.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Missing_speech_server_error_names_the_setting()
    {
        jarvis.Speech.Configured.Clear();

        var refused = await jarvis.SendAsync(new SynthesizeSpeech(jarvis.UserId, "Hello", Any));

        refused.Error!.Code.Should().Be("speech.not_configured");
        refused.Error.Message.Should().Contain("Speech:Speaches:BaseUrl");
    }

    [Fact]
    public async Task Markdown_and_numbers_are_converted_to_words_before_synthesis()
    {
        using var audio = (await jarvis.SendAsync(new SynthesizeSpeech(jarvis.UserId, "## Result\n\nIt took **5 kg** of flour.\n\n```sh\nmake cake\n```", Any))).Value;

        jarvis.Speech.Requests[^1].Text.Should().Be("Result. It took five kilograms of flour. Code example.");
    }

    [Fact]
    public async Task Config_selects_the_voice_that_would_be_used()
    {
        await ChooseAsync(model: "piper-en", voice: "amy");

        var config = await jarvis.SendAsync(new GetSpeechConfig(jarvis.UserId));

        (config.Selected!.Model.Id, config.Selected.Voice.Id, config.IsEnabled).Should().Be(("piper-en", "amy", true));
        config.Answering.Should().Equal("speaches");
    }

    [Fact]
    public async Task Voice_removed_from_the_catalogue_does_not_block_other_settings()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single(config => config.UserId == jarvis.UserId).SetVoice(true, "speaches", "kokoro", "retired", SpeechSpeed.Default));
        var settings = await jarvis.SendAsync(new GetSettings(jarvis.UserId));

        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.UserId, settings with { Theme = Theme.Dark }));

        updated.Value.SpeachesTtsVoice.Should().Be("retired");
        (await SpeakAsync(Any)).Voice.Should().Be("heart");
    }

    private async Task ChooseAsync(string? model, string voice, float speed = 1)
    {
        var settings = await jarvis.SendAsync(new GetSettings(jarvis.UserId));
        var updated = await jarvis.SendAsync(new UpdateSettings(
            jarvis.UserId,
            settings with { SpeachesEnabled = true, SpeachesTtsModel = model, SpeachesTtsVoice = voice, SpeechSpeed = speed }));
        updated.Error.Should().BeNull();
    }

    private async Task<SpeechRequest> SpeakAsync(VoiceRequest voiceRequest)
    {
        using var audio = (await jarvis.SendAsync(new SynthesizeSpeech(jarvis.UserId, " Hello ", voiceRequest))).Value;

        return jarvis.Speech.Requests[^1];
    }
}
