using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>What is spoken to one person.</summary>
internal sealed class LimitSpeakingAttribute : LimitAttribute
{
    public override string Policy => "speaking";

    public override Limit Of(LimitsOptions limits) => limits.Speaking;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.PersonOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.Speaking(wait);
}
