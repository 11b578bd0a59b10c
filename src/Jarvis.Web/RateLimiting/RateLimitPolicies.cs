namespace Jarvis.Web.RateLimiting;

/// <summary>All rate limit policies. Their names are part of the Redis keys.</summary>
internal static class RateLimitPolicies
{
    public const string Chat = "asking";
    public const string Speech = "speaking";
    public const string SignInPerAddress = "signing-in-from";
    public const string SignInPerAccount = "signing-in-to";
    public const string Registration = "registering";
    public const string BugReports = "bug-reports";
    public const string AccessToken = "token";

    public static IReadOnlyDictionary<string, RateLimitPolicy> All { get; } = new Dictionary<string, RateLimitPolicy>
    {
        [Chat] = new(limits => limits.Chat, (context, _) => new(RateLimitPartitions.ForUser(context)), RateLimitErrors.Chat),
        [Speech] = new(limits => limits.Speech, (context, _) => new(RateLimitPartitions.ForUser(context)), RateLimitErrors.Speech),
        [SignInPerAddress] = new(limits => limits.SignInPerAddress, (context, _) => new(RateLimitPartitions.ForAddress(context)), RateLimitErrors.SignIn),
        [SignInPerAccount] = new(limits => limits.SignInPerAccount, (context, limit) => RateLimitPartitions.ForFieldAsync(context, limit.Field!), RateLimitErrors.SignIn),
        [Registration] = new(limits => limits.Registration, (context, _) => new(RateLimitPartitions.ForAddress(context)), RateLimitErrors.Registration),
        [BugReports] = new(limits => limits.BugReports, (context, _) => new(RateLimitPartitions.ForUser(context)), RateLimitErrors.BugReports),
        [AccessToken] = new(limits => limits.AccessToken, (context, _) => new(RateLimitPartitions.ForToken(context)), RateLimitErrors.Token),
    };
}
