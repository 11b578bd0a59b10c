using Jarvis.Domain.Common;

namespace Jarvis.Web.Errors;

/// <summary>Refusals that come from HTTP itself.</summary>
internal static class WebErrors
{
    public static Error Unauthenticated { get; } =
        new(ErrorKind.Unauthenticated, "account.sign_in_needed", $"Sign in first, or send a personal access token.");

    public static Error Forbidden { get; } = new(ErrorKind.Forbidden, "account.forbidden", $"This is not yours to do.");

    public static Error Antiforgery { get; } = new(
        ErrorKind.Forbidden,
        "request.antiforgery",
        $"The request does not prove that it comes from Jarvis's own page. Reload the page, or send the X-CSRF-TOKEN header.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "request.not_found", $"There is nothing at this address.");

    public static Error Malformed { get; } =
        new(ErrorKind.Invalid, "request.malformed", $"The request is not what is expected here: check that its body is valid JSON in UTF-8.");

    public static Error KindUnknown { get; } = new(
        ErrorKind.Invalid,
        "memory.kind_unknown",
        $"The kind of a memory is fact, preference, relationship, goal, event or instruction.");

    public static Error MemoryStateUnknown { get; } = new(ErrorKind.Invalid, "memory.state_unknown", $"The state of a memory is current or past.");

    public static Error ThemeUnknown { get; } = new(ErrorKind.Invalid, "settings.theme_unknown", $"The theme is system, light or dark.");

    public static Error Conflict { get; } =
        new(ErrorKind.Conflict, "request.conflict", $"Something else changed this at the same moment. Look at it again and repeat what you did.");

    public static Error DatabaseUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "database.unavailable",
        $"The database does not answer at the moment. Try again in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Error RedisUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "redis.unavailable",
        $"The session store does not answer at the moment. Try again in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}
