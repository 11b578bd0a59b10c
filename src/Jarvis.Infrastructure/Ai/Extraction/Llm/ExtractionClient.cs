using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Requests one completion with a JSON schema from the local model. It uses plain HTTP, because the client libraries don't expose the
/// data that tells a truncated response from a complete one.
/// </summary>
internal sealed class ExtractionClient(IHttpClientFactory clients, IOptions<LocalLlmOptions> options, ServiceHealthTracker tracker)
{
    public const string HttpClientName = "memory-extraction";
    public const int MaxResponseBytes = 256 * 1024;

    /// <summary>Token limit for the notes of one batch and the reasoning that some models output before them.</summary>
    private const int MaxTokens = 2_048;

    /// <summary>Returns the completion or an error. Throws only if the caller cancels.</summary>
    public async Task<Result<ExtractionCompletion>> CompleteAsync(IReadOnlyList<ExtractionMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            var response = await PostAsync(messages, withSchema: true, cancellationToken);

            // Servers without support for JSON schemas return 400; the prompt describes the format as well.
            return response.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
                ? Read(await PostAsync(messages, withSchema: false, cancellationToken))
                : Read(response);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return ExtractionErrors.TooLong;
        }
        catch (HttpRequestException exception)
        {
            return Unavailable(exception.HttpRequestError.ToString(), ServiceFaultMapper.From(exception));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The caller didn't cancel, so it is the connect timeout.
            return Unavailable("connection timed out", ServiceFaultMapper.Timeout);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(
        IReadOnlyList<ExtractionMessage> messages, bool withSchema, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Value.BaseUrl.AbsoluteUri.TrimEnd('/')}/chat/completions"))
        {
            Content = JsonContent.Create(CreateBody(messages, withSchema)),
        };
        if (!string.IsNullOrEmpty(options.Value.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey);
        }

        using var response = await client.SendAsync(request, cancellationToken);

        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private JsonObject CreateBody(IReadOnlyList<ExtractionMessage> messages, bool withSchema)
    {
        var body = new JsonObject
        {
            ["model"] = options.Value.Model,
            ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]),
            ["temperature"] = 0,
            ["max_tokens"] = MaxTokens,
            ["stream"] = false,
        };
        if (withSchema)
        {
            body["response_format"] = ExtractionSchema.ResponseFormat();
        }

        return body;
    }

    private Result<ExtractionCompletion> Read((HttpStatusCode Status, string Body) response)
    {
        var status = (int)response.Status;
        if (status is 401 or 403 or 404 or 408 or 429 or >= 500)
        {
            return Unavailable($"HTTP {status}", ServiceFaultMapper.From(response.Status));
        }

        if (status is < 200 or >= 300)
        {
            return ExtractionErrors.Invalid($"HTTP {status}");
        }

        tracker.RecordSuccess(ModelProviders.LocalLlm, options.Value.BaseUrl);
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            var choice = document.RootElement.GetProperty("choices")[0];
            var tokens = document.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object
                && usage.TryGetProperty("prompt_tokens", out var count) && count.TryGetInt32(out var number) ? number : (int?)null;

            return new ExtractionCompletion(
                choice.GetProperty("message").GetProperty("content").GetString() ?? "",
                choice.TryGetProperty("finish_reason", out var reason) ? reason.GetString() : null,
                tokens);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return ExtractionErrors.Invalid("the response isn't a chat completion");
        }
    }

    private Error Unavailable(string reason, ServiceFault fault)
    {
        tracker.RecordFailure(ModelProviders.LocalLlm, options.Value.BaseUrl, fault);

        return ExtractionErrors.ModelUnavailable(options.Value.BaseUrl, reason);
    }
}
