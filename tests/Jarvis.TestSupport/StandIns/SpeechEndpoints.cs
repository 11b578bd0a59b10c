using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Endpoints of the speech stand-in.</summary>
internal static class SpeechEndpoints
{
    private const int ChunkBytes = 4 * 1024;

    public static void Map(WebApplication app, SpeechStandIn standIn)
    {
        app.MapGet("/health", () => Results.Text("OK"));
        app.MapGet("/v1/models", () => Results.Json(new { data = (standIn.Installed ?? []).Select(id => new { id, @object = "model" }), @object = "list" }));
        app.MapPost("/v1/models/{**id}", (string id) => Install(standIn, id));
        app.MapPost("/v1/audio/speech", context => SpeakAsync(context, standIn));
    }

    private static IResult Install(SpeechStandIn standIn, string id)
    {
        if (standIn.Installed is not { } installed || installed.Contains(id))
        {
            return Results.Text($"Model '{id}' already exists", statusCode: 201);
        }

        standIn.Installed = [.. installed, id];

        return Results.Text($"Model '{id}' downloaded");
    }

    private static async Task SpeakAsync(HttpContext context, SpeechStandIn standIn)
    {
        var request = await ReadAsync(context);
        var fault = standIn.Receive(request);
        try
        {
            await fault.ApplyAsync(context);
            if (!await RefusedAsync(context, standIn, request, fault))
            {
                await WriteAsync(context, standIn, request, fault, context.RequestAborted);
            }
        }
        finally
        {
            request.End(context.RequestAborted.IsCancellationRequested);
        }
    }

    private static Task<bool> RefusedAsync(HttpContext context, SpeechStandIn standIn, SpeechRequestLog request, SpeechFault fault)
    {
        var (status, detail) = (fault.Status, standIn.ApiKey) switch
        {
            ({ } wanted, _) => (wanted, wanted == 404 ? "Not Found" : $"The stand-in was told to answer {wanted} (key {request.Key})."),
            (_, { } expected) when expected != request.Key => (403, "Invalid API key"),
            _ when request.Text.Trim().Length == 0 => (422, "Input text cannot be empty"),
            _ when !standIn.IsChatterbox && standIn.Installed?.Contains(request.Model) == false =>
                (404, $"Model '{request.Model}' is not installed locally. You can download the model using `POST /v1/models`"),
            _ => (0, ""),
        };

        return fault.WriteAsync(context, status, new { detail });
    }

    private static async Task WriteAsync(HttpContext context, SpeechStandIn standIn, SpeechRequestLog request, SpeechFault fault, CancellationToken cancellationToken)
    {
        var asked = standIn.IsChatterbox ? request with { Format = "wav", Speed = 1 } : request;
        var sound = await standIn.Audio(asked);
        context.Response.ContentType = asked.Format switch { "mp3" => "audio/mpeg", "opus" => "audio/opus", _ => "audio/wav" };
        await context.Response.StartAsync(cancellationToken);
        for (var sent = 0; ;)
        {
            var end = Math.Min(fault.CutAfter ?? int.MaxValue, fault.SilentAfter ?? int.MaxValue);
            var from = fault.Endless ? sent % sound.Length : sent;
            var length = Math.Min(Math.Min(ChunkBytes, sound.Length - from), end - sent);
            if (length > 0)
            {
                await context.Response.Body.WriteAsync(sound.AsMemory(from, length), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                sent += length;
                await Task.Delay(fault.ChunkDelay, cancellationToken);
            }
            else if (fault.CutAfter is not null)
            {
                context.Abort();

                return;
            }
            else if (fault.SilentAfter is not null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            else
            {
                return;
            }
        }
    }

    private static async Task<SpeechRequestLog> ReadAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var body = document.RootElement;
        var authorization = context.Request.Headers.Authorization.ToString();

        return new SpeechRequestLog(
            Text(body, "model") ?? "",
            Text(body, "voice") ?? "",
            Text(body, "input") ?? "",
            Text(body, "response_format") ?? "mp3",
            body.TryGetProperty("speed", out var speed) ? speed.GetDouble() : 1,
            authorization.Length > 0 ? authorization["Bearer ".Length..] : null);
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;
}
