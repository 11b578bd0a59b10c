using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Speech;

/// <summary>Users choose one of the available voices, and Jarvis speaks with it.</summary>
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
    public async Task Setting_a_voice_sets_its_model_and_provider()
    {
        await PutAsync(new { ttsProvider = "chatterbox" });

        var settings = await PutAsync(new { speachesEnabled = true, speachesTtsVoice = "gosia", speechSpeed = 1.25 });

        settings.Text("ttsProvider").Should().Be("speaches");
        settings.Text("speachesTtsModel").Should().Be("speaches-ai/piper-pl_PL-gosia-medium");
        settings.Text("speachesTtsVoice").Should().Be("gosia");
        settings.GetProperty("speechSpeed").GetSingle().Should().Be(1.25f);
    }

    [Fact]
    public async Task Selected_voice_and_speed_are_used_for_synthesis()
    {
        await PutAsync(new { speachesTtsVoice = "bm_lewis", speechSpeed = 0.75 });
        var text = SpeechFixture.NewText();

        await fixture.SynthesizeAsync(new { text }, person);

        fixture.RequestsWith(text).Should().ContainSingle()
            .Which.Should().Match<SpeechRequestLog>(request => request.Model == SpeechFixture.Kokoro && request.Voice == "bm_lewis" && request.Speed == 0.75);
    }

    [Fact]
    public async Task Default_voice_matches_the_users_language()
    {
        await PutAsync(new { language = "pl" });
        var text = SpeechFixture.NewText();

        await fixture.SynthesizeAsync(new { text }, person);

        fixture.RequestsWith(text).Should().ContainSingle().Which.Voice.Should().Be("gosia");
        (await person.GetAsync("/speech/config")).GetProperty("selected").Text("voice").Should().Be("gosia");
    }

    [Theory]
    [InlineData("speachesTtsVoice", "anna", "speech.voice_unknown", "af_heart")]
    [InlineData("speachesTtsModel", "tts-9", "speech.model_unknown", "speaches-ai/Kokoro-82M-v1.0-ONNX")]
    [InlineData("ttsProvider", "siri", "speech.provider_unknown", "speaches, chatterbox")]
    public async Task Unknown_voice_model_or_provider_is_rejected_with_the_list(string field, string value, string code, string listed)
    {
        using var response = await person.RawAsync(HttpMethod.Put, "/settings", new Dictionary<string, string> { [field] = value });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.Text("code").Should().Be(code);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().Should().Contain(value).And.Contain(listed);
    }

    [Fact]
    public async Task Mismatched_model_and_voice_are_rejected()
    {
        using var response = await person.RawAsync(HttpMethod.Put, "/settings", new { speachesTtsModel = SpeechFixture.Kokoro, speachesTtsVoice = "gosia" });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await person.GetAsync("/settings")).GetProperty("speachesTtsVoice").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Other_settings_keep_the_voice()
    {
        await PutAsync(new { speachesTtsVoice = "bf_emma" });

        var settings = await PutAsync(new { theme = "dark", ttsProvider = "speaches" });

        (settings.Text("speachesTtsVoice"), settings.Text("speachesTtsModel")).Should().Be(("bf_emma", SpeechFixture.Kokoro));
    }

    [Fact]
    public async Task Setting_another_provider_or_auto_clears_the_voice()
    {
        await PutAsync(new { speachesTtsVoice = "bf_emma" });

        var other = await PutAsync(new { ttsProvider = "chatterbox" });
        var any = await PutAsync(new { ttsProvider = "auto", speachesTtsModel = "auto", speachesTtsVoice = "auto" });

        (other.Text("ttsProvider"), other.GetProperty("speachesTtsVoice").ValueKind).Should().Be(("chatterbox", JsonValueKind.Null));
        any.GetProperty("ttsProvider").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Custom_voice_catalog_is_used_and_an_invalid_one_fails_startup()
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
            var act = () => JarvisHost.StartAsync(("Speech:VoicesFile", file));
            (await act.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message
                .Should().Contain($"{file}, line 3").And.Contain("siri");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<JsonElement> PutAsync(object settings) => person.SendAsync(HttpMethod.Put, "/settings", settings);
}
