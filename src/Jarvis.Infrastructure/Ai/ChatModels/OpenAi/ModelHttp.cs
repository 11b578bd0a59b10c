using System.ClientModel.Primitives;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>The connections to all model servers. Retries and time limits are Jarvis's own, so the libraries' are off.</summary>
internal sealed class ModelHttp(IOptions<ChatTimeoutOptions> options) : IDisposable
{
    private readonly HttpClient client = new(OutboundHttp.CreateHandler(options.Value.ConnectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };

    public TOptions Configure<TOptions>(TOptions pipeline)
        where TOptions : ClientPipelineOptions
    {
        pipeline.Transport = new HttpClientPipelineTransport(client);
        pipeline.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        pipeline.NetworkTimeout = Timeout.InfiniteTimeSpan;

        return pipeline;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, cancellationToken);

    public void Dispose() => client.Dispose();
}
