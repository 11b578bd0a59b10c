using Jarvis.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.Account;

/// <summary>Signs out by a form only: a link that another page hides must not.</summary>
[Authorize]
internal sealed class LogoutModel : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await SessionSignIn.EndAsync(HttpContext);

        return Redirect("/");
    }
}
