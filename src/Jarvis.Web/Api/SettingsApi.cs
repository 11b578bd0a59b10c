using System.Security.Claims;
using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using MediatR;

namespace Jarvis.Web.Api;

internal static class SettingsApi
{
    /// <summary>Stands for the best model there is, and for the browser's language.</summary>
    private const string Auto = "auto";

    public static void MapSettingsApi(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapApi("/settings");
        settings.MapGet("", GetAsync);
        settings.MapPut("", PutAsync);
    }

    private static async Task<object> GetAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        Shown(await mediator.Send(new GetSettings(user.Id()), cancellationToken));

    // What is absent stays as it is, so that a client need not know every setting.
    private static async Task<IResult> PutAsync(SettingsBody body, HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var user = context.User.Id();
        var current = await mediator.Send(new GetSettings(user), cancellationToken);
        var theme = current.Theme;
        if (body.Theme is not null && !(Enum.TryParse(body.Theme, ignoreCase: true, out theme) && Enum.IsDefined(theme) && !char.IsDigit(body.Theme[0])))
        {
            return Answers.Refuse("theme", WebErrors.ThemeUnknown);
        }

        var wanted = new Settings(
            body.Model is null ? current.Model : Chosen(body.Model),
            body.Temperature ?? current.Temperature,
            body.SpeachesEnabled ?? current.SpeachesEnabled,
            body.SpeachesTtsModel ?? current.SpeachesTtsModel,
            body.SpeachesTtsVoice ?? current.SpeachesTtsVoice,
            body.TtsProvider ?? current.TtsProvider,
            body.Language is null ? current.Language : Chosen(body.Language),
            theme,
            body.MemoryLocalOnly ?? current.MemoryLocalOnly);
        var updated = await mediator.Send(new UpdateSettings(user, wanted), cancellationToken);
        if (updated.Error is null)
        {
            LookCookies.Remember(context, updated.Value);
        }

        return updated.ToHttp(Shown);
    }

    private static string? Chosen(string value) => value == Auto ? null : value;

    private static object Shown(Settings settings) => new
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
        bool? MemoryLocalOnly);
}
