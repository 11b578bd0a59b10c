using Jarvis.Application.Accounts;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Speech;

namespace Jarvis.Application.Tests.Speech;

public sealed class SynthesizeSpeechTests : IAsyncLifetime
{
    private static readonly VoiceWish Any = new(null, null, null);

    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    public static TheoryData<VoiceWish, string, string, string> Voices => new()
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
    public async Task What_is_left_open_is_chosen_so_that_it_fits(VoiceWish wish, string provider, string model, string voice)
    {
        var spoken = await SpeakAsync(wish);

        (spoken.Provider, spoken.Model, spoken.Voice).Should().Be((provider, model, voice));
    }

    [Fact]
    public async Task The_chosen_voice_speaks_in_its_chosen_speed()
    {
        await ChooseAsync(model: null, voice: "gosia", speed: 1.5f);

        var spoken = await SpeakAsync(Any);

        (spoken.Model, spoken.Voice, spoken.Speed).Should().Be(("piper-pl", "gosia", new SpeechSpeed(1.5f)));
    }

    [Fact]
    public async Task Of_two_models_with_that_voice_the_chosen_one_speaks()
    {
        await ChooseAsync(model: "piper-en", voice: "amy");

        (await SpeakAsync(Any with { Voice = "twin" })).Model.Should().Be("piper-en");
    }

    [Fact]
    public async Task A_voice_is_found_at_whichever_server_is_configured()
    {
        jarvis.Speech.Configured.Add("chatterbox");

        (await SpeakAsync(Any with { Voice = "alloy" })).Provider.Should().Be("chatterbox");
    }

    [Fact]
    public async Task Who_left_the_server_open_is_served_by_the_one_that_is_configured()
    {
        jarvis.Speech.Configured.Clear();
        jarvis.Speech.Configured.Add("chatterbox");

        (await SpeakAsync(Any)).Provider.Should().Be("chatterbox");
    }

    [Fact]
    public async Task A_server_that_is_not_configured_is_not_replaced_by_another()
    {
        var refused = await jarvis.SendAsync(new SynthesizeSpeech(jarvis.Person, "Hello", Any with { Provider = "chatterbox" }));

        refused.Error!.Code.Should().Be("speech.provider_off");
        jarvis.Speech.Spoken.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_any_server_it_is_said_what_to_set()
    {
        jarvis.Speech.Configured.Clear();

        var refused = await jarvis.SendAsync(new SynthesizeSpeech(jarvis.Person, "Hello", Any));

        refused.Error!.Code.Should().Be("speech.not_configured");
        refused.Error.Message.Should().Contain("Speech:Speaches:BaseUrl");
    }

    [Fact]
    public async Task Markdown_and_numbers_are_put_into_words_before_they_are_spoken()
    {
        using var audio = (await jarvis.SendAsync(new SynthesizeSpeech(jarvis.Person, "## Result\n\nIt took **5 kg** of flour.\n\n```sh\nmake cake\n```", Any))).Value;

        jarvis.Speech.Spoken[^1].Text.Should().Be("Result. It took five kilograms of flour. Code example.");
    }

    [Fact]
    public async Task Selected_is_the_voice_that_would_speak()
    {
        await ChooseAsync(model: "piper-en", voice: "amy");

        var config = await jarvis.SendAsync(new GetSpeechConfig(jarvis.Person));

        (config.Selected!.Model.Id, config.Selected.Voice.Id, config.IsEnabled).Should().Be(("piper-en", "amy", true));
        config.Answering.Should().Equal("speaches");
    }

    [Fact]
    public async Task A_voice_that_left_the_catalogue_stands_in_the_way_of_no_other_setting()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single(config => config.UserId == jarvis.Person).ChooseVoice(true, "speaches", "kokoro", "retired", SpeechSpeed.Default));
        var settings = await jarvis.SendAsync(new GetSettings(jarvis.Person));

        var updated = await jarvis.SendAsync(new UpdateSettings(jarvis.Person, settings with { Theme = Theme.Dark }));

        updated.Value.SpeachesTtsVoice.Should().Be("retired");
        (await SpeakAsync(Any)).Voice.Should().Be("heart");
    }

    private async Task ChooseAsync(string? model, string voice, float speed = 1)
    {
        var settings = await jarvis.SendAsync(new GetSettings(jarvis.Person));
        var updated = await jarvis.SendAsync(new UpdateSettings(
            jarvis.Person,
            settings with { SpeachesEnabled = true, SpeachesTtsModel = model, SpeachesTtsVoice = voice, SpeechSpeed = speed }));
        updated.Error.Should().BeNull();
    }

    private async Task<SpeechRequest> SpeakAsync(VoiceWish wish)
    {
        using var audio = (await jarvis.SendAsync(new SynthesizeSpeech(jarvis.Person, " Hello ", wish))).Value;

        return jarvis.Speech.Spoken[^1];
    }
}
