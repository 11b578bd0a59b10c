namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>Request for one permit of a bucket. A bucket holds <paramref name="Permits"/> and refills evenly within <paramref name="Per"/>.</summary>
/// <param name="Policy">Name of the limit, such as <c>asking</c>.</param>
/// <param name="Subject">Owner of the bucket, part of the Redis key: an id, an address or a hash, without personal names and braces.</param>
public readonly record struct RateLimitRequest(string Policy, string Subject, int Permits, TimeSpan Per);
