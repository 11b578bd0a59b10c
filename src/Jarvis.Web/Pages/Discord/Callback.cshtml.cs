using Jarvis.Application.Discord;
using Jarvis.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Handles Discord's redirect. The settings page shows the result, because its URL contains no authorisation code.</summary>
[Authorize]
internal sealed class CallbackModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? code, string? state, CancellationToken cancellationToken, string? error = null)
    {
        var secret = LinkCookie.ReadAndDelete(HttpContext);
        if (error is not null)
        {
            return DiscordLinkResult.Show(DiscordErrors.LinkDeclined);
        }

        var finished = code is null || state is null
            ? DiscordErrors.LinkRejected
            : await mediator.Send(new FinishDiscordLink(User.Id(), state, secret ?? "", code, LinkCookie.RedirectUri(Request)), cancellationToken);

        return finished.Error is { } linkError ? DiscordLinkResult.Show(linkError) : DiscordLinkResult.Linked;
    }
}
