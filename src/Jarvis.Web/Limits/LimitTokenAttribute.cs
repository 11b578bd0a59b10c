using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;

namespace Jarvis.Web.Limits;

/// <summary>Calls with one personal access token.</summary>
internal sealed class LimitTokenAttribute : LimitAttribute
{
    public override string Policy => "token";

    public override Limit Of(LimitsOptions limits) => limits.AccessToken;

    public override ValueTask<string?> SubjectAsync(HttpContext context) => new(Subjects.TokenOf(context));

    public override Error Refusal(TimeSpan wait) => LimitErrors.Token(wait);
}
