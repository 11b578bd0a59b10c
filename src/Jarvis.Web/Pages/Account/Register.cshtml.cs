using Jarvis.Application.Accounts;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Hosting;
using Jarvis.Web.Pages.Shared;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Account;

[AllowAnonymous]
[RateLimit(RateLimitPolicies.Registration)]
internal sealed class RegisterModel(IMediator mediator, IErrorText errors, CaptchaWidget widget) : PageModel
{
    [BindProperty]
    public string? Username { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(Name = CaptchaWidget.TokenField)]
    public string? CaptchaToken { get; set; }

    public CaptchaWidget Widget => widget;

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Redirect("/") : Show();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var account = await mediator.Send(
            new RegisterAccount(Username?.Trim() ?? "", Email?.Trim() ?? "", Password ?? "", CaptchaToken),
            cancellationToken);
        if (account.Error is { } error)
        {
            ModelState.AddError(error, errors);

            return Show();
        }

        await SessionSignIn.StartAsync(HttpContext, account.Value, remember: true);

        return Redirect("/");
    }

    private PageResult Show()
    {
        if (widget.IsEnabled)
        {
            Response.Allow(widget.Sources);
        }

        return Page();
    }
}
