using System.Text.Json;
using Jarvis.Application.Accounts;
using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Asks reCAPTCHA's siteverify, version 2 or 3. The person's address is not told to it: it knows the browser already.</summary>
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

    /// <summary>A proof of either version has some thousand characters.</summary>
    private const int TokenMaxLength = 20_000;

    /// <summary>A person waits.</summary>
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

        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return Judge(await SendAsync(proof, ending.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return Unavailable(exception.Message, ServiceFaultMapper.From(exception));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable("timed out", ServiceFaultMapper.Timeout);
        }
    }

    // Null where there is no answer of use.
    private async Task<RecaptchaResponse?> SendAsync(string proof, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        using var form = new FormUrlEncodedContent([new("secret", options.Value.SecretKey), new("response", proof)]);
        using var response = await client.PostAsync(new Uri($"{options.Value.BaseUrl.AbsoluteUri.TrimEnd('/')}/recaptcha/api/siteverify"), form, cancellationToken);
        response.EnsureSuccessStatusCode();

        // By what is in it: some servers say that it is text.
        return JsonSerializer.Deserialize<RecaptchaResponse>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private Result Judge(RecaptchaResponse? recaptcha)
    {
        if (recaptcha?.Success is not { } success)
        {
            return Unavailable("the response doesn't contain a verdict", ServiceFaultMapper.InvalidResponse);
        }

        var errors = recaptcha.Errors ?? [];
        if (errors.FirstOrDefault(ConfigurationErrors.Contains) is { } ours)
        {
            LogMisconfigured(Server, ours);
            tracker.RecordFailure(ServiceId, options.Value.BaseUrl, new ServiceFault(ServiceFaultKind.Unauthorized));

            return AccountErrors.CaptchaMisconfigured;
        }

        tracker.RecordSuccess(ServiceId, options.Value.BaseUrl);
        if (!success)
        {
            return AccountErrors.CaptchaExpired;
        }

        return FindProblem(recaptcha) is { } doubt ? Rejected(doubt) : Result.Ok;
    }

    // Why a proof that is right in itself is none for us.
    private string? FindProblem(RecaptchaResponse recaptcha) => options.Value switch
    {
        { Version: 3 } when recaptcha.Score is null => "the score is missing, as with version 2 keys",
        { MinimumScore: var least } when recaptcha.Score < least => "low score",
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

    private Result Rejected(string doubt)
    {
        LogRejected(doubt);

        return AccountErrors.CaptchaFailed;
    }

    [LoggerMessage(LogLevel.Warning, "The captcha server at {Server} can't be reached ({Reason}): until it can, registration isn't possible")]
    private partial void LogUnavailable(string server, string reason);

    [LoggerMessage(LogLevel.Error, "The captcha server at {Server} rejected Captcha:SecretKey ({Code}): until it's corrected, registration isn't possible")]
    private partial void LogMisconfigured(string server, string code);

    [LoggerMessage(LogLevel.Information, "A registration was rejected: {Doubt}")]
    private partial void LogRejected(string doubt);
}
