using Jarvis.Domain.Common;

namespace Jarvis.Web.Limits;

internal static class RateLimitErrors
{
    public static Error Chat(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.asking",
        $"Very many messages came from you in a short time, and this one was not taken. Try again in {Seconds(wait)} s.")
    {
        RetryAfter = wait,
    };

    public static Error Speech(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.speaking",
        $"Very much was spoken to you in a short time, and this was not. Try again in {Seconds(wait)} s.")
    {
        RetryAfter = wait,
    };

    public static Error SignIn(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.signing_in",
        $"There were too many attempts to sign in. Try again in {Seconds(wait)} s.")
    {
        RetryAfter = wait,
    };

    public static Error Registration(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.registering",
        $"Too many accounts were made from your network. Try again in {Math.Ceiling(wait.TotalMinutes)} min.")
    {
        RetryAfter = wait,
    };

    public static Error Token(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.token",
        $"This token was used too often in a short time. Try again in {Seconds(wait)} s.")
    {
        RetryAfter = wait,
    };

    public static Error BugReports(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "limit.bug_reports",
        $"Many reports came from you in a short time, and this one was not taken. Try again in {Math.Ceiling(wait.TotalMinutes)} min.")
    {
        RetryAfter = wait,
    };

    private static double Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds);
}
