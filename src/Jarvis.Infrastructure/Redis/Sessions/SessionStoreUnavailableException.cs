namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>Redis, which stores the sessions, isn't responding: Jarvis can neither start nor verify a session.</summary>
public sealed class SessionStoreUnavailableException(Exception inner)
    : Exception("Signing in isn't possible right now: Redis, which stores the sessions, isn't responding.", inner);
