using Jarvis.Application.Discord;
using Jarvis.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Redirects the user to Discord's authorisation page to link an account, and unlinks it.</summary>
[Authorize]
internal sealed class LinkModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var started = await mediator.Send(new BeginDiscordLink(User.Id(), LinkCookie.RedirectUri(Request)), cancellationToken);
        if (started.Error is { } error)
        {
            return DiscordLinkResult.Show(error);
        }

        LinkCookie.Write(HttpContext, started.Value.BrowserSecret);

        return Redirect(started.Value.Address.AbsoluteUri);
    }

    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken cancellationToken)
    {
        await mediator.Send(new UnlinkDiscord(User.Id()), cancellationToken);

        return DiscordLinkResult.Unlinked;
    }
}
