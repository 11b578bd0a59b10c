using Jarvis.Domain.Common;

namespace Jarvis.Web.RateLimiting;

internal static class RateLimitErrors
{
    public static Error Chat(TimeSpan wait) =>
        Create(wait, "limit.asking", $"You sent too many messages in a short time. Try again in {Seconds(wait)} s.");

    public static Error Speech(TimeSpan wait) =>
        Create(wait, "limit.speaking", $"Too many speech requests. Try again in {Seconds(wait)} s.");

    public static Error SignIn(TimeSpan wait) =>
        Create(wait, "limit.signing_in", $"Too many sign-in attempts. Try again in {Seconds(wait)} s.");

    public static Error Registration(TimeSpan wait) =>
        Create(wait, "limit.registering", $"Too many accounts were created from your network. Try again in {Minutes(wait)} min.");

    public static Error Token(TimeSpan wait) =>
        Create(wait, "limit.token", $"This token was used too often. Try again in {Seconds(wait)} s.");

    public static Error BugReports(TimeSpan wait) =>
        Create(wait, "limit.bug_reports", $"You sent too many reports in a short time. Try again in {Minutes(wait)} min.");

    private static Error Create(TimeSpan wait, string code, FormattableString message) =>
        new(ErrorKind.LimitReached, code, message) { RetryAfter = wait };

    private static double Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds);

    private static double Minutes(TimeSpan wait) => Math.Ceiling(wait.TotalMinutes);
}
