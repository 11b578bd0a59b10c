using System.Net;
using System.Text.Json;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.Speech;

/// <summary>A voice is chosen among those there are, and then speaks.</summary>
public sealed class SpeechSettingsTests(SpeechFixture fixture) : IClassFixture<SpeechFixture>, IAsyncLifetime
{
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync() => person = await JarvisClient.RegisterAsync(fixture.Host);

    public ValueTask DisposeAsync()
    {
        person.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Choosing_a_voice_chooses_its_model_and_its_server()
    {
        await PutAsync(new { ttsProvider = "chatterbox" });

        var settings = await PutAsync(new { speachesEnabled = true, speachesTtsVoice = "gosia", speechSpeed = 1.25 });

        settings.Text("ttsProvider").Should().Be("speaches");
        settings.Text("speachesTtsModel").Should().Be("speaches-ai/piper-pl_PL-gosia-medium");
        settings.Text("speachesTtsVoice").Should().Be("gosia");
        settings.GetProperty("speechSpeed").GetSingle().Should().Be(1.25f);
    }

    [Fact]
    public async Task The_chosen_voice_and_speed_are_those_that_speak()
    {
        await PutAsync(new { speachesTtsVoice = "bm_lewis", speechSpeed = 0.75 });
        var text = SpeechFixture.NewText();

        await fixture.HearAsync(new { text }, person);

        fixture.RequestsWith(text).Should().ContainSingle()
            .Which.Should().Match<SpokenRequest>(request => request.Model == SpeechFixture.Kokoro && request.Voice == "bm_lewis" && request.Speed == 0.75);
    }

    [Fact]
    public async Task Who_chose_no_voice_hears_one_in_their_language()
    {
        await PutAsync(new { language = "pl" });
        var text = SpeechFixture.NewText();

        await fixture.HearAsync(new { text }, person);

        fixture.RequestsWith(text).Should().ContainSingle().Which.Voice.Should().Be("gosia");
        (await person.GetAsync("/speech/config")).GetProperty("selected").Text("voice").Should().Be("gosia");
    }

    [Theory]
    [InlineData("speachesTtsVoice", "anna", "speech.voice_unknown", "af_heart")]
    [InlineData("speachesTtsModel", "tts-9", "speech.model_unknown", "speaches-ai/Kokoro-82M-v1.0-ONNX")]
    [InlineData("ttsProvider", "siri", "speech.provider_unknown", "speaches, chatterbox")]
    public async Task What_does_not_exist_is_refused_with_the_list(string field, string value, string code, string listed)
    {
        using var response = await person.RawAsync(HttpMethod.Put, "/settings", new Dictionary<string, string> { [field] = value });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.Text("code").Should().Be(code);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().Should().Contain(value).And.Contain(listed);
    }

    [Fact]
    public async Task A_pair_that_does_not_exist_is_refused()
    {
        using var response = await person.RawAsync(HttpMethod.Put, "/settings", new { speachesTtsModel = SpeechFixture.Kokoro, speachesTtsVoice = "gosia" });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await person.GetAsync("/settings")).GetProperty("speachesTtsVoice").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Another_setting_leaves_the_voice_as_it_is()
    {
        await PutAsync(new { speachesTtsVoice = "bf_emma" });

        var settings = await PutAsync(new { theme = "dark", ttsProvider = "speaches" });

        (settings.Text("speachesTtsVoice"), settings.Text("speachesTtsModel")).Should().Be(("bf_emma", SpeechFixture.Kokoro));
    }

    [Fact]
    public async Task Choosing_another_server_or_any_voice_gives_the_old_voice_up()
    {
        await PutAsync(new { speachesTtsVoice = "bf_emma" });

        var other = await PutAsync(new { ttsProvider = "chatterbox" });
        var any = await PutAsync(new { ttsProvider = "auto", speachesTtsModel = "auto", speachesTtsVoice = "auto" });

        (other.Text("ttsProvider"), other.GetProperty("speachesTtsVoice").ValueKind).Should().Be(("chatterbox", JsonValueKind.Null));
        any.GetProperty("ttsProvider").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Voices_of_ones_own_take_the_place_of_ours_and_a_wrong_file_stops_the_start()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "providers": [{ "id": "chatterbox", "models": [{ "id": "m", "voices": [{ "id": "babcia", "name": "Babcia", "language": "pl-PL" }] }] }] }""");
            await using (var host = await JarvisHost.StartAsync(("Speech:VoicesFile", file), ("Speech:Chatterbox:BaseUrl", fixture.Chatterbox.BaseUrl.ToString())))
            {
                using var client = await JarvisClient.RegisterAsync(host);
                (await client.GetAsync("/speech/config")).GetProperty("selected").Text("voice").Should().Be("babcia");
            }

            await File.WriteAllTextAsync(file, "{\n \"providers\": [\n  { \"id\": \"siri\", \"models\": [] }] }");
            var starting = () => JarvisHost.StartAsync(("Speech:VoicesFile", file));
            (await starting.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message
                .Should().Contain($"{file}, line 3").And.Contain("siri");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<JsonElement> PutAsync(object settings) => person.SendAsync(HttpMethod.Put, "/settings", settings);
}
