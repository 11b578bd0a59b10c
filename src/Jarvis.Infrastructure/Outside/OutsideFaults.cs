using System.Net;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Outside;

/// <summary>What an HTTP call that went wrong says about the system that was called.</summary>
internal static class OutsideFaults
{
    public static OutsideFault Silent { get; } = new(OutsideTrouble.Silent);

    public static OutsideFault Busy { get; } = new(OutsideTrouble.Busy);

    public static OutsideFault BadAnswer { get; } = new(OutsideTrouble.BadAnswer);

    public static OutsideFault Of(HttpStatusCode status) => new(
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => OutsideTrouble.KeyRefused,
            HttpStatusCode.NotFound => OutsideTrouble.NotFound,
            HttpStatusCode.RequestTimeout => OutsideTrouble.Silent,
            HttpStatusCode.TooManyRequests => OutsideTrouble.Busy,
            >= HttpStatusCode.InternalServerError => OutsideTrouble.Failed,
            _ => OutsideTrouble.BadAnswer,
        },
        (int)status);

    /// <param name="exception">Of a call that nobody cancelled, or of reading what it answered.</param>
    public static OutsideFault Of(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => Of(status),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new OutsideFault(OutsideTrouble.UnknownName),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new OutsideFault(OutsideTrouble.Insecure),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.Unknown } =>
            new OutsideFault(OutsideTrouble.Unreachable),
        OperationCanceledException => Silent,
        _ => BadAnswer,
    };
}
