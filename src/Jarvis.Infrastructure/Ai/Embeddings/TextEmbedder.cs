using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Calls the configured server. It logs each outage and each recovery once.</summary>
internal sealed partial class TextEmbedder(
    IHttpClientFactory clients,
    IOptions<EmbeddingOptions> options,
    ServiceHealthTracker tracker,
    TimeProvider clock,
    ILogger<TextEmbedder> logger) : ITextEmbedder
{
    public const string ServiceId = "embeddings";
    public const string HttpClientName = "embeddings";

    /// <summary>Maximum size of a response: 32 vectors of 4,096 numbers with all digits.</summary>
    public const int MaxResponseBytes = 4 * 1024 * 1024;

    /// <summary>Timeout of a call. A small machine needs some seconds for a batch and may have to load the model first.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private string? model = options.Value is { Model: { } name, Dimensions: { } dimensions } ? EmbeddingModel.CreateKey(name, dimensions) : null;
    private int isUnavailable;

    public bool IsConfigured => options.Value.IsConfigured;

    public bool IsLocal => options.Value.IsLocal;

    public string? Model => Volatile.Read(ref model);

    public async Task<EmbeddingResult> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(texts.Count, ITextEmbedder.MaxTexts);
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var result = await SendAsync(texts, linked.Token, cancellationToken);
        if (result is { Failure: null, Vectors: [var first, ..] })
        {
            Volatile.Write(ref model, first.Model);
        }

        ReportHealth(result.Failure);

        return result;
    }

    private async Task<EmbeddingResult> SendAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken, CancellationToken callerToken)
    {
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var request = CreateRequest(texts);
            using var response = await client.SendAsync(request, cancellationToken);
            if (ToFailure(response.StatusCode) is { } fault)
            {
                return EmbeddingResult.Failed(fault, $"HTTP {(int)response.StatusCode}", ServiceFaultMapper.From(response.StatusCode));
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);

            return EmbeddingResponseParser.Parse(body, texts.Count, options.Value.Model!, options.Value.Dimensions);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return EmbeddingResult.Failed(EmbeddingFault.InvalidResponse, "the response is too large", ServiceFaultMapper.InvalidResponse);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var error = (exception as HttpRequestException)?.HttpRequestError ?? HttpRequestError.ResponseEnded;

            return EmbeddingResult.Failed(EmbeddingFault.Unavailable, error.ToString(), ServiceFaultMapper.From(exception));
        }
        catch (OperationCanceledException) when (!callerToken.IsCancellationRequested)
        {
            return EmbeddingResult.Failed(EmbeddingFault.Unavailable, "timed out", ServiceFaultMapper.Timeout);
        }
    }

    private HttpRequestMessage CreateRequest(IReadOnlyList<string> texts)
    {
        var body = new JsonObject
        {
            ["model"] = options.Value.Model,
            ["input"] = new JsonArray([.. texts.Select(text => (JsonNode)text.Truncate(ITextEmbedder.MaxLength))]),
            ["encoding_format"] = "float",
        };
        if (options.Value.Dimensions is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Value.BaseUrl!.AbsoluteUri.TrimEnd('/')}/embeddings"))
        {
            Content = JsonContent.Create(body),
        };
        if (options.Value.ApiKey is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    private static EmbeddingFault? ToFailure(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        400 or 413 or 422 => EmbeddingFault.TextsRejected,
        _ => EmbeddingFault.Unavailable,
    };

    private void ReportHealth(EmbeddingFailure? failure)
    {
        // A server that rejects texts is available.
        var unavailable = failure is { Fault: not EmbeddingFault.TextsRejected } ? 1 : 0;
        tracker.Record(ServiceId, options.Value.BaseUrl!, unavailable == 1 ? failure!.ServiceFault : null);
        if (Interlocked.Exchange(ref isUnavailable, unavailable) == unavailable)
        {
            return;
        }

        var server = options.Value.BaseUrl!.Authority;
        if (failure is not null)
        {
            LogUnavailable(server, failure.Reason);
        }
        else
        {
            LogRecovered(server);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Server} can't embed texts ({Reason}): until it can, memory is searched by words only. Check that it's running and that Memory:Embeddings is right.")]
    private partial void LogUnavailable(string server, string reason);

    [LoggerMessage(LogLevel.Information, "{Server} is embedding texts again")]
    private partial void LogRecovered(string server);
}
