using System.ClientModel.Primitives;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Typed HTTP client for all model servers. Jarvis does its own retries and timeouts, so those of the libraries are off.</summary>
internal sealed class ModelHttpClient(HttpClient http)
{
    public TOptions ConfigurePipeline<TOptions>(TOptions pipeline)
        where TOptions : ClientPipelineOptions
    {
        pipeline.Transport = new HttpClientPipelineTransport(http);
        pipeline.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        pipeline.NetworkTimeout = Timeout.InfiniteTimeSpan;

        return pipeline;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, cancellationToken);
}
