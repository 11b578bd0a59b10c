using System.Security.Claims;
using Jarvis.Application.Accounts;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Preferences;
using MediatR;

namespace Jarvis.Web.Api;

internal static class SettingsApi
{
    /// <summary>Value for the best available model, the browser's language, or any voice.</summary>
    private const string Auto = "auto";

    public static void MapSettingsApi(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapApi("/settings");
        settings.MapGet("", GetAsync);
        settings.MapPut("", PutAsync);
    }

    private static async Task<object> GetAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        ToResponse(await mediator.Send(new GetSettings(user.Id()), cancellationToken));

    // Absent fields keep their values, so that a client need not know every setting.
    private static async Task<IResult> PutAsync(SettingsBody body, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var user = context.User.Id();
        var current = await mediator.Send(new GetSettings(user), cancellationToken);
        var theme = body.Theme is null ? current.Theme : Names.Parse<Theme>(body.Theme);
        if (theme is null)
        {
            return ApiResults.ToProblem("theme", WebErrors.ThemeUnknown);
        }

        var voice = ToVoiceRequest(body, current);
        var changed = new Settings(
            body.Model is null ? current.Model : ToSetting(body.Model),
            body.Temperature ?? current.Temperature,
            body.SpeachesEnabled ?? current.SpeachesEnabled,
            voice.Model,
            voice.Voice,
            voice.Provider,
            body.Language is null ? current.Language : ToSetting(body.Language),
            theme.Value,
            body.MemoryLocalOnly ?? current.MemoryLocalOnly,
            body.SpeechSpeed ?? current.SpeechSpeed);
        var updated = await mediator.Send(new UpdateSettings(user, changed), cancellationToken);
        if (updated.Error is null)
        {
            PreferenceCookies.Write(context, updated.Value);
        }

        return updated.ToHttp(ToResponse);
    }

    // A voice selects its own model and provider; another model or provider without a voice selects any of its voices.
    private static VoiceRequest ToVoiceRequest(SettingsBody body, Settings current)
    {
        var isSame = body.SpeachesTtsVoice is null
            && (body.TtsProvider ?? current.TtsProvider) == current.TtsProvider
            && (body.SpeachesTtsModel ?? current.SpeachesTtsModel) == current.SpeachesTtsModel;

        return isSame
            ? new VoiceRequest(current.TtsProvider, current.SpeachesTtsModel, current.SpeachesTtsVoice)
            : new VoiceRequest(ToSetting(body.TtsProvider), ToSetting(body.SpeachesTtsModel), ToSetting(body.SpeachesTtsVoice));
    }

    private static string? ToSetting(string? value) => value is Auto or "" ? null : value;

    private static object ToResponse(Settings settings) => new
    {
        model = settings.Model ?? Auto,
        settings.Temperature,
        settings.SpeachesEnabled,
        settings.SpeachesTtsModel,
        settings.SpeachesTtsVoice,
        settings.TtsProvider,
        language = settings.Language ?? Auto,
        settings.Theme,
        settings.MemoryLocalOnly,
        settings.SpeechSpeed,
    };

    private sealed record SettingsBody(
        string? Model,
        float? Temperature,
        bool? SpeachesEnabled,
        string? SpeachesTtsModel,
        string? SpeachesTtsVoice,
        string? TtsProvider,
        string? Language,
        string? Theme,
        bool? MemoryLocalOnly,
        float? SpeechSpeed);
}
