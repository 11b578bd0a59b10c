using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Speech;

/// <summary>
/// Jarvis with short timeouts and both speech servers, which return recorded audio immediately. Each test uses its own texts to identify its
/// requests.
/// </summary>
public sealed class SpeechFixture : IAsyncLifetime
{
    public const string Kokoro = "speaches-ai/Kokoro-82M-v1.0-ONNX";

    public static readonly TimeSpan FirstByteTimeout = TimeSpan.FromSeconds(2);

    private JarvisClient person = null!;

    public SpeechStandIn Speaches { get; private set; } = null!;

    public SpeechStandIn Chatterbox { get; private set; } = null!;

    public JarvisHost Host { get; private set; } = null!;

    /// <summary>Audio that Speaches returns for every text.</summary>
    public byte[] Audio { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Audio = await WavBuilder.SpeakAsync("This is what every test hears, and it is long enough to be sent in several pieces.", "en-us", 1, "mp3");
        Speaches = await SpeechStandIn.StartAsync();
        Speaches.Audio = _ => Task.FromResult(Audio);
        Chatterbox = await SpeechStandIn.StartAsync(isChatterbox: true);
        Host = await JarvisHost.StartAsync(
            ("Speech:Speaches:BaseUrl", Speaches.BaseUrl.ToString()),
            ("Speech:Speaches:ApiKey", Secrets.SpeachesKey),
            ("Speech:Chatterbox:BaseUrl", Chatterbox.BaseUrl.ToString()),
            ("Speech:Chatterbox:ApiKey", Secrets.ChatterboxKey),
            ("Speech:FirstByteTimeout", FirstByteTimeout.ToString()),
            ("Speech:IdleTimeout", "00:00:01"),
            ("Speech:MaxBytes", "500000"));
        person = await JarvisClient.RegisterAsync(Host);
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await Host.DisposeAsync();
        await Chatterbox.DisposeAsync();
        await Speaches.DisposeAsync();
    }

    public Task<HttpResponseMessage> AskAsync(object body, JarvisClient? by = null) => (by ?? person).RawAsync(HttpMethod.Post, "/speech/synthesize", body);

    /// <summary>Completes when the response begins; the rest of the audio follows.</summary>
    public Task<HttpResponseMessage> StartSpeechAsync(object body) =>
        person.Http.SendAsync(person.Request(HttpMethod.Post, "/speech/synthesize", body), HttpCompletionOption.ResponseHeadersRead);

    public async Task<SpeechResponse> SynthesizeAsync(object body, JarvisClient? by = null)
    {
        using var response = await AskAsync(body, by);
        var audio = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(audio));

        return new SpeechResponse(audio, response.Content.Headers.ContentType!.MediaType!, response.Headers.GetValues("X-Speech-Cache").Single(), response);
    }

    public async Task<JsonElement> ExpectRejectedAsync(object body, int status, string code)
    {
        using var response = await AskAsync(body);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        ((int)response.StatusCode).Should().Be(status, problem.ToString());
        problem.Text("code").Should().Be(code);

        return problem;
    }

    /// <summary>Requests to Speaches that contain these words.</summary>
    public IReadOnlyList<SpeechRequestLog> RequestsWith(string words) =>
        [.. Speaches.Requests.Where(request => request.Text.Contains(words, StringComparison.Ordinal))];

    /// <summary>Creates a sentence of letters only, which the normalizer does not change.</summary>
    public static string NewText() => $"Text {string.Concat(Guid.NewGuid().ToByteArray().Select(part => (char)('a' + (part % 26))))}.";
}

public sealed record SpeechResponse(byte[] Audio, string ContentType, string Cache, HttpResponseMessage Response);
