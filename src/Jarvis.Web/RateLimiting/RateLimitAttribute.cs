namespace Jarvis.Web.RateLimiting;

/// <summary>
/// Limits how often an endpoint or a page may be called; several limits add up. Pages are limited on writes only. Add a new
/// policy to <see cref="RateLimitPolicies"/>, <see cref="RateLimitOptions"/> and <see cref="RateLimitErrors"/>.
/// </summary>
/// <param name="policy">Name of the policy, from <see cref="RateLimitPolicies"/>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class RateLimitAttribute(string policy) : Attribute
{
    public string Policy => policy;

    /// <summary>Name of the form field that selects the bucket, if the policy needs one.</summary>
    public string? Field { get; init; }

    /// <summary>Lets a limited request through to the page, which shows the error and keeps the input; see <see cref="RequestLimiter.GetError"/>.</summary>
    public bool HandledByPage { get; init; }
}
