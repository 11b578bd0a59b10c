using System.Text.Json;

namespace Jarvis.Web.Tests.Speech;

/// <summary>Unspeakable text is rejected with its field before a server is called; other text is normalized first.</summary>
public sealed class SpeechValidationTests(SpeechFixture fixture) : IClassFixture<SpeechFixture>
{
    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("… — !?")]
    [InlineData("\u0000\u0007\u200B")]
    [InlineData("<speak><break time=\"1s\"/></speak>")]
    public async Task Text_without_words_is_rejected(string text)
    {
        var problem = await fixture.ExpectRejectedAsync(new { text }, 422, "speech.text_empty");

        problem.GetProperty("errors").GetProperty("text").GetArrayLength().Should().Be(1);
        fixture.RequestsWith("speak").Should().BeEmpty();
    }

    [Fact]
    public async Task Missing_text_is_rejected() => await fixture.ExpectRejectedAsync(new { voice = "af_heart" }, 422, "speech.text_empty");

    [Fact]
    public async Task Text_of_10000_characters_is_rejected_with_the_limit()
    {
        var problem = await fixture.ExpectRejectedAsync(new { text = new string('a', 10_000) }, 422, "speech.text_too_long");

        problem.Text("detail").Should().Contain("10000").And.Contain("4000").And.Contain("sentence");
        problem.GetProperty("errors").GetProperty("text").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Text_of_4000_characters_is_synthesized()
    {
        var text = string.Join(' ', Enumerable.Repeat("words", 667))[..4_000];

        (await fixture.SynthesizeAsync(new { text })).Audio.Should().Equal(fixture.Audio);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("0")]
    [InlineData("mp3,wav")]
    public async Task Unknown_format_is_rejected_with_the_list(string format)
    {
        var problem = await fixture.ExpectRejectedAsync(new { text = "Hello", format }, 422, "speech.format_unknown");

        problem.GetProperty("errors").GetProperty("format")[0].GetString().Should().Be("The format must be mp3, wav or opus.");
    }

    [Fact]
    public async Task Unknown_voice_is_rejected_with_the_list()
    {
        var problem = await fixture.ExpectRejectedAsync(new { text = "Hello", model = SpeechFixture.Kokoro, voice = "anna" }, 422, "speech.voice_unknown");

        problem.GetProperty("errors").GetProperty("voice")[0].GetString().Should().Contain("anna").And.Contain("af_heart, af_alloy").And.Contain("bf_emma");
    }

    [Fact]
    public async Task Voice_of_another_model_is_rejected()
    {
        var problem = await fixture.ExpectRejectedAsync(new { text = "Hello", model = SpeechFixture.Kokoro, voice = "gosia" }, 422, "speech.voice_unknown");

        problem.GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("voice");
    }

    [Theory]
    [InlineData("model", "whisper-1", "speech.model_unknown", "speaches-ai/piper-pl_PL-gosia-medium")]
    [InlineData("provider", "siri", "speech.provider_unknown", "speaches, chatterbox")]
    public async Task Unknown_model_or_provider_is_rejected_with_the_list(string field, string value, string code, string listed)
    {
        var problem = await fixture.ExpectRejectedAsync(new Dictionary<string, string> { ["text"] = "Hello", [field] = value }, 422, code);

        problem.GetProperty("errors").GetProperty(field)[0].GetString().Should().Contain(value).And.Contain(listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.49)]
    [InlineData(2.01)]
    public async Task Speed_out_of_range_is_rejected(double speed) => await fixture.ExpectRejectedAsync(new { text = "Hello", speed }, 422, "speech.speed_invalid");

    [Fact]
    public async Task Tags_and_control_characters_do_not_reach_the_engine()
    {
        await fixture.SynthesizeAsync(new { text = "<speak>One\u0000\u0007 <prosody rate=\"x-slow\">two</prosody>\r\n[[h@'loU]] <!-- no --> three\u202E <<b>break time='9s'/></speak>" });

        fixture.RequestsWith("One").Should().ContainSingle().Which.Text.Should().Be("One two h at 'loU three break time='9s'/");
    }

    [Fact]
    public async Task Speech_error_is_in_the_users_language()
    {
        using var person = await JarvisClient.RegisterAsync(fixture.Host);
        person.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("pl");

        using var response = await fixture.AskAsync(new { text = "Cześć", voice = "anna" }, person);

        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).Text("detail").Should().StartWith("Nieznany głos „anna”");
    }
}
