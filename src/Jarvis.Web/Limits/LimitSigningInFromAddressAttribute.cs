using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Attempts to sign in from one address.</summary>
internal sealed class LimitSigningInFromAddressAttribute : LimitAttribute
{
    public override string Policy => "signing-in-from";

    public override Limit Of(LimitsOptions limits) => limits.SigningInFromAddress;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.AddressOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.SigningIn(wait);
}
