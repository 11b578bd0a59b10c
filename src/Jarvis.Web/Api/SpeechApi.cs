using System.Security.Claims;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.RateLimiting;
using MediatR;

namespace Jarvis.Web.Api;

internal static class SpeechApi
{
    /// <summary>Voice to use if no speech server is available.</summary>
    private const string Fallback = "browser";

    public static void MapSpeechApi(this IEndpointRouteBuilder routes)
    {
        var speech = routes.MapApi("/speech");
        speech.MapGet("/config", ConfigAsync);
        speech.MapPost("/synthesize", SynthesizeAsync).WithRateLimit(RateLimitPolicies.Speech);
    }

    private static async Task<object> ConfigAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken)
    {
        var config = await mediator.Send(new GetSpeechConfig(user.Id()), cancellationToken);

        return new
        {
            enabled = config.IsEnabled,
            providers = config.Providers.Select(provider => new
            {
                provider.Id,
                available = config.Answering.Contains(provider.Id),
                models = provider.Models.Select(model => new
                {
                    model.Id,
                    voices = model.Voices.Select(voice => new { voice.Id, voice.Name, voice.Language }),
                }),
            }),
            selected = new { provider = config.Selected?.Provider.Id, model = config.Selected?.Model.Id, voice = config.Selected?.Voice.Id },
            fallback = Fallback,
        };
    }

    private static async Task SynthesizeAsync(SpeechBody body, HttpContext context, IMediator mediator)
    {
        if (ParseFormat(body.Format) is not { } format)
        {
            await ApiResults.ToProblem("format", SpeechErrors.FormatUnknown).ExecuteAsync(context);

            return;
        }

        var voiceRequest = new VoiceRequest(NullIfEmpty(body.Provider), NullIfEmpty(body.Model), NullIfEmpty(body.Voice));
        var synthesized = await mediator.Send(new SynthesizeSpeech(context.User.Id(), body.Text ?? "", voiceRequest, format, body.Speed), context.RequestAborted);
        if (synthesized.Error is { } error)
        {
            await (error.Kind == ErrorKind.Invalid ? ProblemDetailsFactory.WriteAsync(context, error) : ProblemDetailsFactory.WriteAsync(context, error, ("fallback", Fallback)));

            return;
        }

        using var audio = synthesized.Value;
        await ForwardAsync(audio, context);
    }

    private static async Task ForwardAsync(AudioStream audio, HttpContext context)
    {
        var response = context.Response;
        response.ContentType = audio.ContentType;
        response.ContentLength = audio.Length;
        response.Headers["X-Speech-Cache"] = audio.IsCached ? "hit" : "miss";

        // The audio may be private, so only the user's browser may cache it.
        response.Headers.CacheControl = "private, max-age=86400";
        response.Headers.ETag = $"\"{audio.Name}\"";
        try
        {
            await foreach (var chunk in audio.Chunks.WithCancellation(context.RequestAborted))
            {
                await response.Body.WriteAsync(chunk, context.RequestAborted);
                await response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (SpeechStreamException)
        {
            // Abort, so that truncated audio does not look complete.
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
            context.Abort();
        }
    }

    private static SpeechFormat? ParseFormat(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "MP3" => SpeechFormat.Mp3,
        "WAV" => SpeechFormat.Wav,
        "OPUS" => SpeechFormat.Opus,
        _ => null,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed record SpeechBody(string? Text, string? Provider, string? Model, string? Voice, string? Format, float? Speed);
}
