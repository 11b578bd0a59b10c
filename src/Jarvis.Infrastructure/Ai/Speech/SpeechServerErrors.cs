using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Errors of speech servers. Each message says what happened and what to do. None contains a secret or foreign text.</summary>
internal static class SpeechServerErrors
{
    private const string UnreachableCode = "speech.unreachable";
    private const string FailedCode = "speech.failed";
    private const string CutOffCode = "speech.cut_off";
    private const string RateLimitedCode = "speech.busy";
    private const string TimeoutCode = "speech.timeout";
    private const string UnauthorizedCode = "speech.unauthorized";
    private const string WrongUrlCode = "speech.wrong_address";
    private const string BadAudioCode = "speech.bad_audio";

    public static Error Unreachable(SpeechServer server) => new(
        ErrorKind.Unavailable,
        UnreachableCode,
        $"{server.Name} isn't responding, so the browser's voice is used. Check that it's running and that {server.UrlSetting} is right.");

    public static Error Timeout(SpeechServer server, TimeSpan limit) => new(
        ErrorKind.Unavailable,
        TimeoutCode,
        $"{server.Name} didn't respond within {limit.TotalSeconds:0.#} s, so the browser's voice is used. Try again, or choose a faster voice.");

    public static Error ModelNotInstalled(SpeechServer server, string model) => new(
        ErrorKind.UpstreamFailed,
        "speech.model_not_installed",
        $"{server.Name} doesn't have the model “{model}” yet, so the browser's voice is used. Your administrator can install it with: {server.InstallCommand(model)}");

    public static Error WrongUrl(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        WrongUrlCode,
        $"{server.Name} doesn't offer speech at its address, so the browser's voice is used. Check {server.UrlSetting}.");

    public static Error Unauthorized(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        UnauthorizedCode,
        $"{server.Name} rejected the API key, so the browser's voice is used. Check {server.KeySetting}.");

    public static Error RateLimited(SpeechServer server, TimeSpan? retryAfter) => new(
        ErrorKind.LimitReached,
        RateLimitedCode,
        $"{server.Name} isn't accepting more requests right now, so the browser's voice is used. Try again later.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Failed(SpeechServer server, int status) => new(
        ErrorKind.UpstreamFailed,
        FailedCode,
        $"{server.Name} returned an error ({status}), so the browser's voice is used. Try again; its log says more.");

    public static Error Rejected(SpeechServer server, int status) => new(
        ErrorKind.UpstreamFailed,
        "speech.refused",
        $"{server.Name} rejected this text ({status}), so the browser's voice is used. Try another voice, another format or a shorter text.");

    public static Error BadAudio(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        BadAudioCode,
        $"{server.Name} didn't return audio, so the browser's voice is used. If this persists, check {server.UrlSetting}.");

    public static Error CutOff(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        CutOffCode,
        $"{server.Name} closed the connection before sending audio, so the browser's voice is used. Try again.");

    /// <summary>Returns whether the same request may succeed in a moment.</summary>
    public static bool IsTransient(Error error) => error.Code is UnreachableCode or FailedCode or CutOffCode;

    /// <summary>Returns whether the server currently fails every request.</summary>
    public static bool IsOutage(Error error) => error.Kind == ErrorKind.Unavailable || IsTransient(error);

    /// <summary>Returns the server's fault; null if only this request was at fault.</summary>
    public static ServiceFault? ToServiceFault(Error error) => error.Code switch
    {
        UnreachableCode => new ServiceFault(ServiceFaultKind.Unreachable),
        UnauthorizedCode => new ServiceFault(ServiceFaultKind.Unauthorized),
        WrongUrlCode => new ServiceFault(ServiceFaultKind.NotFound),
        RateLimitedCode => ServiceFaultMapper.RateLimited,
        TimeoutCode => ServiceFaultMapper.Timeout,
        FailedCode => new ServiceFault(ServiceFaultKind.Failed, (int?)error.Arguments[1]),
        CutOffCode or BadAudioCode => ServiceFaultMapper.InvalidResponse,
        _ => null,
    };
}
