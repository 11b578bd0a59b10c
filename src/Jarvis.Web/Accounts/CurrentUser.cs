using System.Security.Claims;
using Jarvis.Application.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Web.Accounts;

internal static class CurrentUser
{
    public const string Administrator = "administrator";

    public static UserId Id(this ClaimsPrincipal principal) =>
        UserId.From(Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!));

    public static ClaimsPrincipal From(Account account, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, account.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, account.Username));
        if (account.IsAdministrator)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, Administrator));
        }

        return new ClaimsPrincipal(identity);
    }
}
