using Jarvis.Domain.Common;

namespace Jarvis.Web.Errors;

/// <summary>Errors of the HTTP layer.</summary>
internal static class WebErrors
{
    public static Error Unauthenticated { get; } =
        new(ErrorKind.Unauthenticated, "account.sign_in_needed", $"Sign in first, or send a personal access token.");

    public static Error Forbidden { get; } = new(ErrorKind.Forbidden, "account.forbidden", $"You don't have permission to do this.");

    public static Error Antiforgery { get; } = new(
        ErrorKind.Forbidden,
        "request.antiforgery",
        $"Jarvis couldn't verify that the request comes from its own page. Reload the page, or send the X-CSRF-TOKEN header.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "request.not_found", $"Page not found.");

    public static Error Malformed { get; } =
        new(ErrorKind.Invalid, "request.malformed", $"The request isn't valid: check that its body is JSON in UTF-8.");

    public static Error KindUnknown { get; } = new(
        ErrorKind.Invalid,
        "memory.kind_unknown",
        $"The kind of a memory must be fact, preference, relationship, goal, event or instruction.");

    public static Error MemoryStateUnknown { get; } = new(ErrorKind.Invalid, "memory.state_unknown", $"The state of a memory must be current or past.");

    public static Error ThemeUnknown { get; } = new(ErrorKind.Invalid, "settings.theme_unknown", $"The theme must be system, light or dark.");

    public static Error Conflict { get; } =
        new(ErrorKind.Conflict, "request.conflict", $"Something else changed this at the same time. Check it and try again.");

    public static Error DatabaseUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "database.unavailable",
        $"The database isn't responding right now. Try again in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Error RedisUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "redis.unavailable",
        $"The session store isn't responding right now. Try again in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}
