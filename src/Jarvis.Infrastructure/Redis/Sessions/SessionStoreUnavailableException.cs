namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>Nobody can be signed in at the moment, because Redis, which holds the sessions, does not answer.</summary>
public sealed class SessionStoreUnavailableException(Exception inner)
    : Exception("Signing in isn't possible right now: Redis, which stores the sessions, isn't responding.", inner);
