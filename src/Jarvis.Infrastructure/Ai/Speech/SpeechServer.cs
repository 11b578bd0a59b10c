using System.Net.Http.Headers;
using System.Net.Http.Json;
using Jarvis.Application.Speech;
using Jarvis.Domain.Speech;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>One configured speech server: its requests, and its names in errors.</summary>
/// <param name="id">Id as in <see cref="SpeechProvider.Id"/>.</param>
internal sealed class SpeechServer(string id, string product, string section, Uri baseUrl, string? apiKey)
{
    private readonly Uri root = WithVersion(baseUrl);

    public string Id => id;

    public Uri Address => baseUrl;

    /// <summary>Name in errors. It contains no words that need translating.</summary>
    public string Name => $"{product} ({baseUrl.Authority})";

    public string UrlSetting => $"{section}:BaseUrl";

    public string KeySetting => $"{section}:ApiKey";

    /// <summary>Returns the command that installs a model on the server.</summary>
    public string InstallCommand(string model) => $"curl -X POST {root}models/{model}";

    public HttpRequestMessage CreateProbe() => Authorize(new HttpRequestMessage(HttpMethod.Get, new Uri(root, "models")));

    public HttpRequestMessage CreateSpeechRequest(SpeechRequest request)
    {
        var message = Authorize(new HttpRequestMessage(HttpMethod.Post, new Uri(root, "audio/speech")));
        message.Content = JsonContent.Create(new
        {
            model = request.Model,
            input = request.Text,
            voice = request.Voice,
            response_format = ToFormatName(request.Format),
            speed = request.Speed.Value,
        });

        return message;
    }

    public static string ToFormatName(SpeechFormat format) => format switch
    {
        SpeechFormat.Mp3 => "mp3",
        SpeechFormat.Wav => "wav",
        SpeechFormat.Opus => "opus",
    };

    private HttpRequestMessage Authorize(HttpRequestMessage message)
    {
        if (!string.IsNullOrEmpty(apiKey))
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }

        return message;
    }

    private static Uri WithVersion(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');

        return new Uri(address, path.EndsWith("/v1", StringComparison.Ordinal) ? $"{path}/" : $"{path}/v1/");
    }
}
