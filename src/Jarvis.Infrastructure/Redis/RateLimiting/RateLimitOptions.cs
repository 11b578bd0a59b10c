using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>How often is too often. What is given here stops programs that run wild, and no person.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Messages of one person, whichever way they come.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit Chat { get; set; } = new() { Permits = 1_000, Per = TimeSpan.FromMinutes(1) };

    /// <summary>Texts that are spoken to one person: a page sends a sentence at a time, and the next one ahead.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit Speech { get; set; } = new() { Permits = 600, Per = TimeSpan.FromMinutes(1) };

    /// <summary>Attempts to sign in from one address, which may be that of a whole house.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit SignInPerAddress { get; set; } = new() { Permits = 300, Per = TimeSpan.FromMinutes(10) };

    /// <summary>Attempts to sign in to one account, from wherever; wrong passwords lock it much earlier.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit SignInPerAccount { get; set; } = new() { Permits = 60, Per = TimeSpan.FromMinutes(10) };

    /// <summary>Attempts to make an account from one address.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit Registration { get; set; } = new() { Permits = 100, Per = TimeSpan.FromHours(1) };

    /// <summary>Bug reports of one person.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit BugReports { get; set; } = new() { Permits = 30, Per = TimeSpan.FromHours(1) };

    /// <summary>Calls with one personal access token.</summary>
    [Required, ValidateObjectMembers]
    public RateLimit AccessToken { get; set; } = new() { Permits = 10_000, Per = TimeSpan.FromMinutes(1) };
}
