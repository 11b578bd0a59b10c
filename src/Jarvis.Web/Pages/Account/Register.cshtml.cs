using Jarvis.Application.Accounts;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Limits;
using Jarvis.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Account;

[AllowAnonymous]
[LimitRegistering]
internal sealed class RegisterModel(IMediator mediator, IErrorText errors) : PageModel
{
    [BindProperty]
    public string? Username { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Redirect("/") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new RegisterAccount(Username?.Trim() ?? "", Email?.Trim() ?? "", Password ?? ""), cancellationToken);
        if (account.Error is { } error)
        {
            ModelState.Refuse(error, errors);
            return Page();
        }

        await SessionSignIn.StartAsync(HttpContext, account.Value, remember: true);

        return Redirect("/");
    }
}
