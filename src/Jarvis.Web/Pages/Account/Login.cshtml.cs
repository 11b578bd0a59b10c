using Jarvis.Application.Accounts;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Account;

[AllowAnonymous]
[RateLimit(RateLimitPolicies.SignInPerAddress)]
[RateLimit(RateLimitPolicies.SignInPerAccount, Field = nameof(Login))]
internal sealed class LoginModel(IMediator mediator, IErrorText errors) : PageModel
{
    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Redirect(Destination()) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new SignIn(Login?.Trim() ?? "", Password ?? ""), cancellationToken);
        if (account.Error is { } error)
        {
            // The error belongs to no field, so that it doesn't reveal whether the account exists.
            ModelState.AddModelError("", errors.For(error));
            return Page();
        }

        await SessionSignIn.StartAsync(HttpContext, account.Value, RememberMe);

        return Redirect(Destination());
    }

    private string Destination() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";
}
