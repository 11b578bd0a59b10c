using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Errors of model calls. Each message says what happened, what is saved and what to do. None contains a secret or foreign text.
/// </summary>
internal static class ModelErrors
{
    private const string UnreachableCode = "model.unreachable";
    private const string FailedCode = "model.failed";
    private const string UnauthorizedCode = "model.unauthorized";
    private const string RateLimitedCode = "model.rate_limited";
    private const string TimeoutCode = "model.timeout";
    private const string CutOffCode = "model.cut_off";
    private const string InvalidResponseCode = "model.bad_answer";

    /// <summary>Longest delay that a retry waits for. The user decides about longer ones.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(2);

    public static Error Unreachable(ModelServer server) => new(
        ErrorKind.Unavailable,
        UnreachableCode,
        $"{server.Name} isn't responding. Your message is saved: check that it's running and that {server.UrlSetting} is right, then try again.");

    public static Error Unauthorized(ModelServer server) => new(
        ErrorKind.UpstreamFailed,
        UnauthorizedCode,
        $"{server.Name} rejected the API key. Your message is saved: check {server.KeySetting}, then try again.");

    public static Error NotFound(ModelServer server, string model) => new(
        ErrorKind.UpstreamFailed,
        "model.not_found",
        $"{server.Name} doesn't have the model “{model}”. Your message is saved: add the model ({server.AddModel(model)}) or choose another one, then try again.");

    public static Error RateLimited(ModelServer server, TimeSpan? retryAfter) => new(
        ErrorKind.LimitReached,
        RateLimitedCode,
        $"{server.Name} is over its rate limit or quota. Your message is saved: try again later.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Failed(ModelServer server, int status, TimeSpan? retryAfter) => new(
        ErrorKind.UpstreamFailed,
        FailedCode,
        $"{server.Name} returned an error ({status}). Your message is saved: try again.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Rejected(ModelServer server, int status) => new(
        ErrorKind.UpstreamFailed,
        "model.refused",
        $"{server.Name} rejected the request ({status}). Your message is saved: try another model or a new, shorter chat.");

    public static Error Timeout(ModelServer server, TimeSpan limit) => new(
        ErrorKind.Unavailable,
        TimeoutCode,
        $"{server.Name} didn't respond within {limit.TotalSeconds:0.#} s. Your message is saved: try again, or choose a faster model.");

    public static Error CutOff(ModelServer server) => new(
        ErrorKind.UpstreamFailed,
        CutOffCode,
        $"{server.Name} stopped before finishing the answer. Your message is saved: try again.");

    public static Error InvalidResponse(ModelServer server) => new(
        ErrorKind.UpstreamFailed,
        InvalidResponseCode,
        $"{server.Name} returned an unexpected response. Your message is saved: try again, and check {server.UrlSetting} if this persists.");

    public static Error ContentFiltered(ModelServer server) => new(
        ErrorKind.UpstreamFailed,
        "model.filtered",
        $"{server.Name} withheld the answer because of its content filter. Your message is saved: try rephrasing it.");

    /// <summary>Returns whether the same request may succeed in a moment. A rate limit isn't transient: retries make it worse.</summary>
    public static bool IsTransient(Error error) => error.Code is UnreachableCode or FailedCode && (error.RetryAfter ?? default) <= MaxRetryAfter;

    /// <summary>Returns the server's fault; null if only this request was at fault.</summary>
    public static ServiceFault? ToServiceFault(Error error) => error.Code switch
    {
        UnreachableCode => new ServiceFault(ServiceFaultKind.Unreachable),
        UnauthorizedCode => new ServiceFault(ServiceFaultKind.Unauthorized),
        RateLimitedCode => ServiceFaultMapper.RateLimited,
        TimeoutCode => ServiceFaultMapper.Timeout,
        FailedCode => new ServiceFault(ServiceFaultKind.Failed, (int?)error.Arguments[1]),
        CutOffCode or InvalidResponseCode => ServiceFaultMapper.InvalidResponse,
        _ => null,
    };
}
