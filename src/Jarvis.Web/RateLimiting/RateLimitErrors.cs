using Jarvis.Domain.Common;

namespace Jarvis.Web.RateLimiting;

internal static class RateLimitErrors
{
    public static Error Chat(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.asking", $"You sent too many messages in a short time. Try again in {Seconds(wait)} s.") { RetryAfter = wait };

    public static Error Speech(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.speaking", $"Too many speech requests. Try again in {Seconds(wait)} s.") { RetryAfter = wait };

    public static Error SignIn(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.signing_in", $"Too many sign-in attempts. Try again in {Seconds(wait)} s.") { RetryAfter = wait };

    public static Error Registration(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.registering", $"Too many accounts were created from your network. Try again in {Minutes(wait)} min.") { RetryAfter = wait };

    public static Error Token(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.token", $"This token was used too often. Try again in {Seconds(wait)} s.") { RetryAfter = wait };

    public static Error BugReports(TimeSpan wait) =>
        new(ErrorKind.LimitReached, "limit.bug_reports", $"You sent too many reports in a short time. Try again in {Minutes(wait)} min.") { RetryAfter = wait };

    private static double Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds);

    private static double Minutes(TimeSpan wait) => Math.Ceiling(wait.TotalMinutes);
}
