using System.Net.Http.Headers;

namespace Jarvis.Infrastructure.Common;

/// <summary>Classifies the failures of outgoing HTTP calls.</summary>
internal static class HttpErrors
{
    /// <summary>Returns whether the connection was never established, so that the server can't have seen the request.</summary>
    public static bool IsConnectFailure(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>Returns whether the transport failed, before or after the connection was established.</summary>
    public static bool IsTransportFailure(Exception exception) => exception is HttpRequestException or IOException;

    /// <summary>Returns the exception and its inner exceptions, the outermost first.</summary>
    public static IEnumerable<Exception> EnumerateCauses(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
        {
            yield return cause;
        }
    }

    /// <summary>Returns the delay in a <c>Retry-After</c> header; null if it is missing or already over.</summary>
    public static TimeSpan? GetRetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? header?.Date - now) is { } delay && delay > TimeSpan.Zero ? delay : null;
}
