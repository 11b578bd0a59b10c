using System.Globalization;
using Jarvis.Application.Accounts;
using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Discord;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Pages.Discord;
using Jarvis.Web.Pages.Shared;
using Jarvis.Web.Preferences;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Pages.Settings;

[Authorize]
internal sealed class IndexModel(IMediator mediator, IDiscordOAuthClient discord, IErrorText errors, IStringLocalizer<SharedText> texts, TimeProvider clock) : PageModel
{
    public static readonly int[] Lifetimes = [30, 90, 365];

    public string? Model { get; private set; }

    public string? Temperature { get; private set; }

    public string? Language { get; private set; }

    public Theme Theme { get; private set; }

    public bool MemoryLocalOnly { get; private set; }

    public VoiceForm Voice { get; private set; } = null!;

    public bool Saved { get; private set; }

    public IReadOnlyList<ChatModelDescription> Models { get; private set; } = [];

    public Page<TokenRow> Tokens { get; private set; } = null!;

    public string? TokenName { get; private set; }

    /// <summary>New token with its secret, which is shown only once.</summary>
    public CreatedToken? Created { get; private set; }

    public DiscordSection Discord { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken, bool saved = false, [FromQuery(Name = "page")] int number = 1)
    {
        Saved = saved;
        await ShowAsync(number, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] string? model,
        [FromForm] string? temperature,
        [FromForm] string? language,
        [FromForm] Theme theme,
        [FromForm] bool memoryLocalOnly,
        [FromForm(Name = "")] VoiceFields voice,
        CancellationToken cancellationToken)
    {
        var current = await mediator.Send(new GetSettings(User.Id()), cancellationToken);
        var changed = voice.Choose(current) with
        {
            Model = NullIfEmpty(model),
            Temperature = Number(temperature),
            Language = NullIfEmpty(language),
            Theme = theme,
            MemoryLocalOnly = memoryLocalOnly,
        };
        var updated = await mediator.Send(new UpdateSettings(User.Id(), changed), cancellationToken);
        if (updated.Error is { } error)
        {
            ModelState.AddError(error, errors);
            await ShowAsync(1, cancellationToken);
            (Model, Temperature, Language, Theme, MemoryLocalOnly) = (changed.Model, temperature, changed.Language, theme, memoryLocalOnly);
            Voice = Voice with { Key = voice.VoiceKey ?? "", Speed = voice.SpeechSpeed ?? Voice.Speed, IsEnabled = changed.SpeachesEnabled };

            return Page();
        }

        PreferenceCookies.Write(HttpContext, updated.Value);

        return Redirect("/settings?saved=true");
    }

    public async Task<IActionResult> OnPostCreateTokenAsync([FromForm] string? name, [FromForm] int? days, CancellationToken cancellationToken)
    {
        var expiresAt = days is { } lifetime and > 0 ? clock.GetUtcNow().AddDays(lifetime) : (DateTimeOffset?)null;
        var created = await mediator.Send(new CreateToken(User.Id(), name ?? "", expiresAt), cancellationToken);
        if (created.Error is { } error)
        {
            ModelState.AddError(error, errors);
            TokenName = name;
        }
        else
        {
            Created = created.Value;
        }

        await ShowAsync(1, cancellationToken);

        return Page();
    }

    public async Task<IActionResult> OnPostRevokeTokenAsync(Guid token, CancellationToken cancellationToken)
    {
        // A token that no longer exists needs no error message.
        await mediator.Send(new RevokeToken(User.Id(), new AccessTokenId(token)), cancellationToken);

        return Redirect("/settings#tokens");
    }

    private async Task ShowAsync(int number, CancellationToken cancellationToken)
    {
        var settings = await mediator.Send(new GetSettings(User.Id()), cancellationToken);
        (Model, Language, Theme, MemoryLocalOnly) = (settings.Model, settings.Language, settings.Theme, settings.MemoryLocalOnly);
        Temperature = settings.Temperature.ToString("0.##", CultureInfo.CurrentCulture);
        Voice = VoiceForm.Create(settings, await mediator.Send(new GetSpeechConfig(User.Id()), cancellationToken));
        Models = await mediator.Send(new ListModels(), cancellationToken);
        Tokens = await mediator.Send(new ListTokens(User.Id(), number), cancellationToken);
        Discord = await ShowDiscordAsync(Request.Query["discord"], int.TryParse(Request.Query["wait"], CultureInfo.InvariantCulture, out var wait) ? wait : null, cancellationToken);
    }

    private async Task<DiscordSection> ShowDiscordAsync(string? outcome, int? wait, CancellationToken cancellationToken) => new(
        discord.IsConfigured,
        await mediator.Send(new GetDiscordLink(User.Id()), cancellationToken),
        DiscordLinkResult.GetText(outcome) is { } done ? texts[done].Value : null,
        DiscordLinkResult.GetError(outcome, wait) is { } error ? errors.For(error) : null);

    // The decimal separator may be a comma or a point in every language. Invalid numbers become NaN, which the validator rejects.
    private static float Number(string? text) =>
        float.TryParse(text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
