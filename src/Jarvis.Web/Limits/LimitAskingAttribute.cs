using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Messages of one person.</summary>
internal sealed class LimitAskingAttribute : LimitAttribute
{
    /// <summary>One for all ways in which a person asks.</summary>
    public const string Bucket = "asking";

    public override string Policy => Bucket;

    public override Limit Of(LimitsOptions limits) => limits.Asking;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.PersonOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.Asking(wait);
}
