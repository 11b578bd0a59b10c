using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>The connections to speech servers. Time limits and the retry are the synthesizer's.</summary>
internal sealed class SpeechHttp(IOptions<SpeechOptions> options) : IDisposable
{
    private readonly HttpClient client = new(OutboundHttp.CreateHandler(options.Value.ConnectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Ends with the headers; the content is read by the caller.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => client.Dispose();
}
