namespace Jarvis.Domain.Common;

/// <summary>Reason why a request failed. Each kind has one HTTP status; <c>Jarvis.Web/Errors</c> holds the mapping.</summary>
public enum ErrorKind
{
    /// <summary>The caller is not signed in, or the credentials are wrong.</summary>
    Unauthenticated,

    /// <summary>The person is signed in and lacks the permission.</summary>
    Forbidden,

    /// <summary>The object does not exist or belongs to another person. A caller must not be able to tell the two cases apart.</summary>
    NotFound,

    /// <summary>The state of the object does not allow the request.</summary>
    Conflict,

    /// <summary>The request is invalid; <see cref="Error.Fields"/> lists the invalid fields.</summary>
    Invalid,

    /// <summary>The request exceeds a size or rate limit; <see cref="Error.RetryAfter"/> holds the delay before a retry.</summary>
    LimitReached,

    /// <summary>A model or speech server returned an error or an invalid response.</summary>
    UpstreamFailed,

    /// <summary>A required component cannot be reached at the moment.</summary>
    Unavailable,
}
