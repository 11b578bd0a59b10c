using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Attempts to sign in to one account, by the name or the e-mail address that was typed.</summary>
internal sealed class LimitSigningInToAccountAttribute(string field) : LimitAttribute
{
    public override string Policy => "signing-in-to";

    public override Limit Of(LimitsOptions limits) => limits.SigningInToAccount;

    public override async ValueTask<string?> SubjectAsync(HttpContext context) =>
        await Subjects.FieldOfAsync(context, field) is { } login ? Subjects.Hidden(login.Trim().ToUpperInvariant()) : null;

    public override Error Refusal(TimeSpan wait) => LimitErrors.SigningIn(wait);
}
