using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Endpoints of the OpenAI stand-in, the same for the OpenAI and the Azure addresses.</summary>
internal static class OpenAiEndpoints
{
    private const string AzureDeployment = "/openai/deployments/{deployment}";

    public static void Map(WebApplication app, OpenAiStandIn standIn)
    {
        app.MapGet("/v1/models", context => ServeAsync(context, standIn, ListModelsAsync));
        app.MapGet("/openai/models", context => ServeAsync(context, standIn, ListModelsAsync));
        app.MapPost("/v1/chat/completions", context => ServeAsync(context, standIn, OpenAiCompletion.WriteAsync));
        app.MapPost(AzureDeployment + "/chat/completions", context => ServeAsync(context, standIn, OpenAiCompletion.WriteAsync));
        app.MapPost("/v1/embeddings", context => ServeAsync(context, standIn, OpenAiEmbeddings.WriteAsync));
        app.MapPost(AzureDeployment + "/embeddings", context => ServeAsync(context, standIn, OpenAiEmbeddings.WriteAsync));
    }

    private static async Task ServeAsync(HttpContext context, OpenAiStandIn standIn, Handler write)
    {
        var request = await ReadAsync(context);
        var fault = standIn.Receive(request);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, standIn.Stopping);
        try
        {
            if (!await RejectAsync(context, standIn, request, fault, ending.Token))
            {
                await write(new OpenAiExchange(context.Response, standIn, request, fault), ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            request.End(context.RequestAborted.IsCancellationRequested);
        }
    }

    private static async Task<bool> RejectAsync(
        HttpContext context,
        OpenAiStandIn standIn,
        OpenAiRequest request,
        OpenAiFault fault,
        CancellationToken cancellationToken)
    {
        if (fault.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        if (fault.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        var key = KeyOf(request);
        var (status, code, message) = (fault.Status, standIn.ApiKey) switch
        {
            ({ } faultStatus, _) => (faultStatus, CodeOf(faultStatus), $"The stand-in is configured to return {faultStatus} (key {key})."),
            (_, { } expected) when expected != key => (401, "invalid_api_key", $"Incorrect API key provided: {key}."),
            _ when request.Method == "POST" && request.Body.ValueKind != JsonValueKind.Object => (400, "invalid_json", "The body is not a JSON object."),
            _ when standIn.RefusesUnknownModels && request.Method == "POST" && !standIn.Models.Contains(request.Model) =>
                (404, "model_not_found", $"The model `{request.Model}` does not exist."),
            _ => (0, "", ""),
        };
        if (status > 0)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(
                new { error = new { message, type = "stand_in", param = fault.Parameter, code } },
                cancellationToken);
        }
        else if (fault.Body is { } body)
        {
            context.Response.ContentType = body.ContentType;
            await context.Response.WriteAsync(body.Text, cancellationToken);
        }

        return status > 0 || fault.Body is not null;
    }

    private static Task ListModelsAsync(OpenAiExchange exchange, CancellationToken cancellationToken) => exchange.Response.WriteAsJsonAsync(
        new
        {
            @object = "list",
            data = exchange.StandIn.Models.Select(id => new { id, @object = "model", created = 1_700_000_000, owned_by = "stand-in" }),
        },
        cancellationToken);

    private static async Task<OpenAiRequest> ReadAsync(HttpContext context)
    {
        JsonElement body = default;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A GET has no body, and a test may send anything: the request is recorded in every case.
        }

        return new OpenAiRequest(
            context.Request.Method,
            context.Request.GetEncodedPathAndQuery(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body,
            TimeProvider.System.GetUtcNow());
    }

    private static string? KeyOf(OpenAiRequest request) =>
        request.Headers.TryGetValue("api-key", out var key) ? key
        : request.Headers.TryGetValue("Authorization", out var bearer) ? bearer["Bearer ".Length..]
        : null;

    private static string CodeOf(int status) => status switch
    {
        401 => "invalid_api_key",
        404 => "model_not_found",
        429 => "rate_limit_exceeded",
        _ => "server_error",
    };

    private delegate Task Handler(OpenAiExchange exchange, CancellationToken cancellationToken);
}
