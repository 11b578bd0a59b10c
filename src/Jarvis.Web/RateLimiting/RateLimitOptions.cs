using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Web.RateLimiting;

/// <summary>Rate limits of the HTTP endpoints. The defaults stop runaway scripts, not people.</summary>
internal sealed class RateLimitOptions : IValidatableObject
{
    public const string Section = "RateLimits";

    /// <summary>Messages of one user, from every client.</summary>
    public RateLimit Chat { get; set; } = new() { Permits = 1_000, Per = TimeSpan.FromMinutes(1) };

    /// <summary>Speech requests of one user. A page sends one sentence at a time and prefetches the next.</summary>
    public RateLimit Speech { get; set; } = new() { Permits = 600, Per = TimeSpan.FromMinutes(1) };

    /// <summary>Sign-in attempts from one address, which a whole household may share.</summary>
    public RateLimit SignInPerAddress { get; set; } = new() { Permits = 300, Per = TimeSpan.FromMinutes(10) };

    /// <summary>Sign-in attempts to one account, from all addresses. Wrong passwords lock the account much earlier.</summary>
    public RateLimit SignInPerAccount { get; set; } = new() { Permits = 60, Per = TimeSpan.FromMinutes(10) };

    /// <summary>Registration attempts from one address.</summary>
    public RateLimit Registration { get; set; } = new() { Permits = 100, Per = TimeSpan.FromHours(1) };

    /// <summary>Bug reports of one user.</summary>
    public RateLimit BugReports { get; set; } = new() { Permits = 30, Per = TimeSpan.FromHours(1) };

    /// <summary>Requests with one personal access token.</summary>
    public RateLimit AccessToken { get; set; } = new() { Permits = 10_000, Per = TimeSpan.FromMinutes(1) };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from property in typeof(RateLimitOptions).GetProperties()
        from failure in OptionsRegistration.FindFailures(property.GetValue(this)!)
        select new ValidationResult($"{Section}:{property.Name}:{failure}");
}
