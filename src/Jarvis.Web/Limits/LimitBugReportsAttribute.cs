using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Bug reports of one person.</summary>
internal sealed class LimitBugReportsAttribute : LimitAttribute
{
    public override string Policy => "bug-reports";

    public override Limit Of(LimitsOptions limits) => limits.BugReports;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.PersonOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.BugReports(wait);
}
