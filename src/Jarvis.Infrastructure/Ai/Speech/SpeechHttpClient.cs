namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Typed HTTP client for the speech servers. The synthesizer sets the timeouts and does the retry.</summary>
internal sealed class SpeechHttpClient(HttpClient http)
{
    /// <summary>Completes when the headers arrive; the caller reads the content.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
}
