using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Attempts to make an account from one address.</summary>
internal sealed class LimitRegisteringAttribute : LimitAttribute
{
    public override string Policy => "registering";

    public override Limit Of(LimitsOptions limits) => limits.Registering;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.AddressOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.Registering(wait);
}
