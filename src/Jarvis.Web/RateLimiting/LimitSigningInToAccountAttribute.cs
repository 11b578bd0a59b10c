using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Attempts to sign in to one account, by the name or the e-mail address that was typed.</summary>
internal sealed class LimitSigningInToAccountAttribute(string field) : RateLimitAttribute
{
    public override string Policy => "signing-in-to";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.SignInPerAccount;

    public override async ValueTask<string?> GetPartitionAsync(HttpContext context) =>
        await RateLimitPartitions.ForFieldAsync(context, field) is { } login ? RateLimitPartitions.Hash(login.Trim().ToUpperInvariant()) : null;

    public override Error Error(TimeSpan wait) => RateLimitErrors.SignIn(wait);
}
