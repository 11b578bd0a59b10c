namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>What takes one permit out of a bucket. A bucket holds <paramref name="Permits"/>, and as many grow back, evenly, in each <paramref name="Per"/>.</summary>
/// <param name="Policy">What is limited, such as <c>asking</c>.</param>
/// <param name="Subject">Whose bucket it is. It stands in Redis as it is: ids, addresses and hashes, no names, no braces.</param>
public readonly record struct RateLimitRequest(string Policy, string Subject, int Permits, TimeSpan Per);
