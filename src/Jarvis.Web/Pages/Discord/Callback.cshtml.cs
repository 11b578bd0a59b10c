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
        var secret = LinkCookie.Take(HttpContext);
        if (error is not null)
        {
            return DiscordOutcome.Show(DiscordErrors.LinkDeclined);
        }

        var finished = code is null || state is null
            ? DiscordErrors.LinkRefused
            : await mediator.Send(new FinishDiscordLink(User.Id(), state, secret ?? "", code, LinkCookie.ReturnAddress(Request)), cancellationToken);

        return finished.Error is { } refusal ? DiscordOutcome.Show(refusal) : DiscordOutcome.Linked;
    }
}
