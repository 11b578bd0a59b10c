namespace Jarvis.Domain.Common;

/// <summary>Why a request was refused. Each kind has one HTTP status; <c>Jarvis.Web/Errors</c> holds the mapping.</summary>
public enum ErrorKind
{
    /// <summary>Nobody is signed in, or who signs in is not who they say.</summary>
    Unauthenticated,

    /// <summary>The person is known and may not do this.</summary>
    Forbidden,

    /// <summary>It does not exist, or is another's: the two must not be told apart.</summary>
    NotFound,

    /// <summary>It exists in a state in which this cannot be done.</summary>
    Conflict,

    /// <summary>The request itself is wrong; <see cref="Error.Fields"/> says where.</summary>
    Invalid,

    /// <summary>Too much or too often; <see cref="Error.RetryAfter"/> says when again.</summary>
    LimitReached,

    /// <summary>A model or voice server answered with an error or with something that is no answer.</summary>
    UpstreamFailed,

    /// <summary>A part that is needed cannot be reached at the moment.</summary>
    Unavailable,
}
