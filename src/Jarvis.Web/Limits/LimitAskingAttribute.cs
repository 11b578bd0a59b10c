using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Messages of one person.</summary>
internal sealed class LimitAskingAttribute : LimitAttribute
{
    public override string Policy => "asking";

    public override Limit Of(LimitsOptions limits) => limits.Asking;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.PersonOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.Asking(wait);
}
