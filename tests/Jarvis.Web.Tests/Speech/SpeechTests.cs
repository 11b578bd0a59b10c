using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Speech;

/// <summary><c>/speech</c> with a server that returns real audio.</summary>
public sealed class SpeechTests : IAsyncLifetime
{
    private const string Kokoro = "speaches-ai/Kokoro-82M-v1.0-ONNX";
    private const string Gosia = "speaches-ai/piper-pl_PL-gosia-medium";

    private SpeechStandIn speaches = null!;
    private JarvisHost host = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        speaches = await SpeechStandIn.StartAsync();
        host = await JarvisHost.StartAsync(("Speech:Speaches:BaseUrl", speaches.BaseUrl.ToString()), ("Speech:Speaches:ApiKey", Secrets.SpeachesKey));
        person = await JarvisClient.RegisterAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await host.DisposeAsync();
        await speaches.DisposeAsync();
    }

    [Theory]
    [InlineData("mp3", "audio/mpeg", "mp3")]
    [InlineData("wav", "audio/wav", "pcm_s16le")]
    [InlineData("opus", "audio/ogg", "opus")]
    public async Task Audio_is_valid_and_longer_for_a_longer_text(string format, string contentType, string codec)
    {
        const string Sentence = "The quick brown fox jumps over the lazy dog.";

        var shortSpeech = await SpeakAsync(new { text = Sentence, format });
        var longSpeech = await SpeakAsync(new { text = $"{Sentence} {Sentence} {Sentence}", format });

        shortSpeech.ContentType.Should().Be(contentType);
        (await WavBuilder.CodecAsync(shortSpeech.Audio)).Should().Be(codec);
        var length = await WavBuilder.LengthAsync(shortSpeech.Audio);
        length.Should().BeGreaterThan(TimeSpan.FromSeconds(1)).And.BeLessThan(TimeSpan.FromSeconds(6));
        ((await WavBuilder.LengthAsync(longSpeech.Audio)) / length).Should().BeInRange(2.4, 4);
    }

    [Fact]
    public async Task Same_text_is_synthesized_once_and_then_comes_from_the_cache()
    {
        var first = await SpeakAsync(new { text = "Good morning." });
        var second = await SpeakAsync(new { text = "Good morning." });

        (first.Cache, second.Cache).Should().Be(("miss", "hit"));
        second.Audio.Should().Equal(first.Audio);
        second.ContentType.Should().Be(first.ContentType);
        speaches.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Voice_without_a_model_picks_its_model()
    {
        await SpeakAsync(new { text = "Dzień dobry.", voice = "gosia" });

        speaches.Requests.Should().ContainSingle().Which.Should().Match<SpeechRequestLog>(request => request.Model == Gosia && request.Voice == "gosia" && request.Key == Secrets.SpeachesKey);
    }

    [Fact]
    public async Task Config_lists_voices_and_the_selected_one()
    {
        await person.SendAsync(HttpMethod.Put, "/settings", new { speachesEnabled = true, speachesTtsVoice = "bf_emma" });

        var config = await person.GetAsync("/speech/config");

        config.GetProperty("enabled").GetBoolean().Should().BeTrue();
        config.Text("fallback").Should().Be("browser");
        config.GetProperty("selected").ToString().Should().Be($$"""{"provider":"speaches","model":"{{Kokoro}}","voice":"bf_emma"}""");
        config.Items("providers").Select(provider => (provider.Text("id"), provider.GetProperty("available").GetBoolean()))
            .Should().Equal(("speaches", true), ("chatterbox", false));
        var voices = config.Items("providers")[0].Items("models").SelectMany(model => model.Items("voices")).ToList();
        voices.Should().Contain(voice => voice.Text("id") == "gosia" && voice.Text("language") == "pl-PL" && voice.Text("name") == "Gosia");
    }

    private async Task<(byte[] Audio, string ContentType, string Cache)> SpeakAsync(object body)
    {
        using var response = await person.RawAsync(HttpMethod.Post, "/speech/synthesize", body);
        var audio = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(audio));

        return (audio, response.Content.Headers.ContentType!.MediaType!, response.Headers.GetValues("X-Speech-Cache").Single());
    }
}
