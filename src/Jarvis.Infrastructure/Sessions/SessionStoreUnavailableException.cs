namespace Jarvis.Infrastructure.Sessions;

/// <summary>Nobody can be signed in at the moment, because Redis, which holds the sessions, does not answer.</summary>
public sealed class SessionStoreUnavailableException(Exception inner)
    : Exception("Signing in is not possible at the moment: Redis, which holds the sessions, does not answer.", inner);
