using Jarvis.Application.Discord;
using Jarvis.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Where Discord sends the person back to. What came of it is said in the settings, whose address holds no code.</summary>
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
            : await mediator.Send(new FinishDiscordLink(User.Id(), state, secret ?? "", code, LinkCookie.ReturnAddress(Request)), cancellationToken);

        return finished.Error is { } refusal ? DiscordLinkResult.Show(refusal) : DiscordLinkResult.Linked;
    }
}
