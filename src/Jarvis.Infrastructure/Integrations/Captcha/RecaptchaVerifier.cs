using System.Text.Json;
using Jarvis.Application.Accounts;
using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Calls siteverify of reCAPTCHA, version 2 or 3. The request doesn't contain the user's IP address, because reCAPTCHA knows the browser.</summary>
internal sealed partial class RecaptchaVerifier(
    IHttpClientFactory clients,
    IOptions<CaptchaOptions> options,
    ServiceHealthTracker tracker,
    TimeProvider clock,
    ILogger<RecaptchaVerifier> logger) : ICaptchaVerifier
{
    public const string ServiceId = "captcha";
    public const string HttpClientName = "captcha";
    public const int MaxResponseBytes = 64 * 1024;

    // Tokens of both versions have a few thousand characters.
    private const int TokenMaxLength = 20_000;

    // A user waits for the page.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly string[] ConfigurationErrors = ["missing-input-secret", "invalid-input-secret", "invalid-keys"];

    public async Task<Result> VerifyAsync(string? proof, CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return Result.Ok;
        }

        if (string.IsNullOrWhiteSpace(proof) || proof.Length > TokenMaxLength)
        {
            return AccountErrors.CaptchaMissing;
        }

        return await OutboundHttp.RunAsync(
            async timeout => Evaluate(await SendAsync(proof, timeout)),
            (e, fault) => Unavailable(e is OperationCanceledException ? "timed out" : e.Message, fault),
            Timeout,
            clock,
            cancellationToken);
    }

    private async Task<RecaptchaResponse?> SendAsync(string token, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        using var form = new FormUrlEncodedContent([new("secret", options.Value.SecretKey), new("response", token)]);
        using var response = await client.PostAsync(new Uri($"{options.Value.BaseUrl.AbsoluteUri.TrimEnd('/')}/recaptcha/api/siteverify"), form, cancellationToken);
        response.EnsureSuccessStatusCode();

        // Without a check of the content type: some servers send text/plain.
        return JsonSerializer.Deserialize<RecaptchaResponse>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private Result Evaluate(RecaptchaResponse? recaptcha)
    {
        if (recaptcha?.Success is not { } success)
        {
            return Unavailable("the response doesn't contain a verdict", ServiceFaultMapper.InvalidResponse);
        }

        var errors = recaptcha.Errors ?? [];
        if (errors.FirstOrDefault(ConfigurationErrors.Contains) is { } code)
        {
            LogMisconfigured(Server, code);
            tracker.RecordFailure(ServiceId, options.Value.BaseUrl, new ServiceFault(ServiceFaultKind.Unauthorized));

            return AccountErrors.CaptchaMisconfigured;
        }

        tracker.RecordSuccess(ServiceId, options.Value.BaseUrl);
        if (!success)
        {
            return AccountErrors.CaptchaExpired;
        }

        return FindProblem(recaptcha) is { } problem ? Rejected(problem) : Result.Ok;
    }

    // Returns the reason for which Jarvis rejects a token that reCAPTCHA accepted.
    private string? FindProblem(RecaptchaResponse recaptcha) => options.Value switch
    {
        { Version: 3 } when recaptcha.Score is null => "the score is missing, as with version 2 keys",
        { MinimumScore: var minimum } when recaptcha.Score < minimum => "low score",
        { Version: var version } when recaptcha.Action != CaptchaOptions.Action && (version == 3 || recaptcha.Action is { Length: > 0 }) => "wrong action",
        { HostNames: { Count: > 0 } hosts } when !hosts.Contains(recaptcha.HostName, StringComparer.OrdinalIgnoreCase) => "wrong host name",
        _ => null,
    };

    private string Server => options.Value.BaseUrl.Authority;

    private Result Unavailable(string reason, ServiceFault fault)
    {
        LogUnavailable(Server, reason);
        tracker.RecordFailure(ServiceId, options.Value.BaseUrl, fault);

        return AccountErrors.CaptchaUnavailable;
    }

    private Result Rejected(string problem)
    {
        LogRejected(problem);

        return AccountErrors.CaptchaFailed;
    }

    [LoggerMessage(LogLevel.Warning, "The captcha server at {Server} can't be reached ({Reason}): until it can, registration isn't possible")]
    private partial void LogUnavailable(string server, string reason);

    [LoggerMessage(LogLevel.Error, "The captcha server at {Server} rejected Captcha:SecretKey ({Code}): until it's corrected, registration isn't possible")]
    private partial void LogMisconfigured(string server, string code);

    [LoggerMessage(LogLevel.Information, "A registration was rejected: {Problem}")]
    private partial void LogRejected(string problem);
}
