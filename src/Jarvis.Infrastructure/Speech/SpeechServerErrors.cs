using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Speech;

/// <summary>What can go wrong with a speech server: what happened, and what to do. No sentence holds a secret or a stranger's text.</summary>
internal static class SpeechServerErrors
{
    private const string UnreachableCode = "speech.unreachable";
    private const string FailedCode = "speech.failed";
    private const string CutOffCode = "speech.cut_off";

    public static Error Unreachable(SpeechServer server) => new(
        ErrorKind.Unavailable,
        UnreachableCode,
        $"{server.Name} does not answer, so the browser speaks. Check that it runs and that {server.AddressSetting} is right.");

    public static Error Timeout(SpeechServer server, TimeSpan limit) => new(
        ErrorKind.Unavailable,
        "speech.timeout",
        $"{server.Name} has made no sound for {limit.TotalSeconds:0.#} s, so the browser speaks. Try again, or choose a quicker voice.");

    public static Error ModelNotInstalled(SpeechServer server, string model) => new(
        ErrorKind.UpstreamFailed,
        "speech.model_not_installed",
        $"{server.Name} does not have the model “{model}” yet, so the browser speaks. Whoever runs it installs it with: {server.InstallCommand(model)}");

    public static Error WrongAddress(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        "speech.wrong_address",
        $"{server.Name} knows no speech at its address, so the browser speaks. Check {server.AddressSetting}.");

    public static Error Unauthorized(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        "speech.unauthorized",
        $"{server.Name} refused the key, so the browser speaks. Check {server.KeySetting}.");

    public static Error Busy(SpeechServer server, TimeSpan? retryAfter) => new(
        ErrorKind.LimitReached,
        "speech.busy",
        $"{server.Name} takes no more requests for now, so the browser speaks. Try again later.")
    {
        RetryAfter = retryAfter,
    };

    public static Error Failed(SpeechServer server, int status) => new(
        ErrorKind.UpstreamFailed,
        FailedCode,
        $"{server.Name} failed with an error of its own ({status}), so the browser speaks. Try again; its log says more.");

    public static Error Refused(SpeechServer server, int status) => new(
        ErrorKind.UpstreamFailed,
        "speech.refused",
        $"{server.Name} refused to speak this ({status}), so the browser speaks. Try another voice, another format or a shorter text.");

    public static Error BadAudio(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        "speech.bad_audio",
        $"{server.Name} sent something that is no sound, so the browser speaks. Check {server.AddressSetting} if it stays so.");

    public static Error CutOff(SpeechServer server) => new(
        ErrorKind.UpstreamFailed,
        CutOffCode,
        $"{server.Name} broke off before it made a sound, so the browser speaks. Try again.");

    /// <summary>Whether the same request may succeed in a moment.</summary>
    public static bool MayPass(Error error) => error.Code is UnreachableCode or FailedCode or CutOffCode;

    /// <summary>Whether the server is of no use at the moment, whatever it is asked.</summary>
    public static bool IsOutage(Error error) => error.Kind == ErrorKind.Unavailable || MayPass(error);
}
