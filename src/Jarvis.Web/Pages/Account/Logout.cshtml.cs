using Jarvis.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Account;

/// <summary>Signs out by a form post only, so that a hidden link on another site can't sign the user out.</summary>
[Authorize]
internal sealed class LogoutModel : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await SessionSignIn.EndAsync(HttpContext);

        return Redirect("/");
    }
}
