using Jarvis.Application.Discord;
using Jarvis.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Sends the person to Discord's own page, to say there which account is theirs; and takes the link back.</summary>
[Authorize]
internal sealed class LinkModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var begun = await mediator.Send(new BeginDiscordLink(User.Id(), LinkCookie.ReturnAddress(Request)), cancellationToken);
        if (begun.Error is { } error)
        {
            return DiscordLinkResult.Show(error);
        }

        LinkCookie.Write(HttpContext, begun.Value.BrowserSecret);

        return Redirect(begun.Value.Address.AbsoluteUri);
    }

    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken cancellationToken)
    {
        await mediator.Send(new UnlinkDiscord(User.Id()), cancellationToken);

        return DiscordLinkResult.Unlinked;
    }
}
