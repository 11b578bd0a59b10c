using System.Net;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>Maps a failed HTTP call to the fault of the service that was called.</summary>
internal static class ServiceFaultMapper
{
    public static ServiceFault Timeout { get; } = new(ServiceFaultKind.Timeout);

    public static ServiceFault RateLimited { get; } = new(ServiceFaultKind.RateLimited);

    public static ServiceFault InvalidResponse { get; } = new(ServiceFaultKind.InvalidResponse);

    public static ServiceFault From(HttpStatusCode status) => new(
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ServiceFaultKind.Unauthorized,
            HttpStatusCode.NotFound => ServiceFaultKind.NotFound,
            HttpStatusCode.RequestTimeout => ServiceFaultKind.Timeout,
            HttpStatusCode.TooManyRequests => ServiceFaultKind.RateLimited,
            >= HttpStatusCode.InternalServerError => ServiceFaultKind.Failed,
            _ => ServiceFaultKind.InvalidResponse,
        },
        (int)status);

    /// <param name="exception">Exception of a call that the caller did not cancel, or of reading its response.</param>
    public static ServiceFault From(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => From(status),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new ServiceFault(ServiceFaultKind.DnsFailure),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new ServiceFault(ServiceFaultKind.TlsFailure),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.Unknown } =>
            new ServiceFault(ServiceFaultKind.Unreachable),
        OperationCanceledException => Timeout,
        _ => InvalidResponse,
    };
}
