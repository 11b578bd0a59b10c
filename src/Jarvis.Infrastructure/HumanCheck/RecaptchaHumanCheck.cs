using System.Text.Json;
using Jarvis.Application.Accounts;
using Jarvis.Application.Administration;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.HumanCheck;

/// <summary>Asks reCAPTCHA's siteverify, version 2 or 3. The person's address is not told to it: it knows the browser already.</summary>
internal sealed partial class RecaptchaHumanCheck(
    IHttpClientFactory clients,
    IOptions<HumanCheckOptions> options,
    OutsideJournal journal,
    TimeProvider clock,
    ILogger<RecaptchaHumanCheck> logger) : IHumanCheck
{
    public const string HttpClientName = "human-check";
    public const int MaxResponseBytes = 64 * 1024;

    /// <summary>A proof of either version has some thousand characters.</summary>
    private const int ProofMaxLength = 20_000;

    /// <summary>A person waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] OurFaults = ["missing-input-secret", "invalid-input-secret", "invalid-keys"];

    public async Task<Result> CheckAsync(string? proof, CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return Result.Ok;
        }

        if (string.IsNullOrWhiteSpace(proof) || proof.Length > ProofMaxLength)
        {
            return AccountErrors.HumanProofMissing;
        }

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return Judge(await AskAsync(proof, ending.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return Unavailable(exception.Message, OutsideFaults.Of(exception));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable("no answer in time", OutsideFaults.Silent);
        }
    }

    // Null where there is no answer of use.
    private async Task<HumanVerdict?> AskAsync(string proof, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        using var form = new FormUrlEncodedContent([new("secret", options.Value.SecretKey), new("response", proof)]);
        using var response = await client.PostAsync(new Uri($"{options.Value.BaseUrl.AbsoluteUri.TrimEnd('/')}/recaptcha/api/siteverify"), form, cancellationToken);
        response.EnsureSuccessStatusCode();

        // By what is in it: some servers say that it is text.
        return JsonSerializer.Deserialize<HumanVerdict>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private Result Judge(HumanVerdict? verdict)
    {
        if (verdict?.Success is not { } success)
        {
            return Unavailable("it answered without a verdict", OutsideFaults.BadAnswer);
        }

        var errors = verdict.Errors ?? [];
        if (errors.FirstOrDefault(OurFaults.Contains) is { } ours)
        {
            LogMisconfigured(Server, ours);
            journal.Failed(OutsideCatalogue.HumanCheck, options.Value.BaseUrl, new OutsideFault(OutsideTrouble.KeyRefused));

            return AccountErrors.HumanCheckMisconfigured;
        }

        journal.Worked(OutsideCatalogue.HumanCheck, options.Value.BaseUrl);
        if (!success)
        {
            return AccountErrors.HumanProofExpired;
        }

        return Doubt(verdict) is { } doubt ? Refused(doubt) : Result.Ok;
    }

    // Why a proof that is right in itself is none for us.
    private string? Doubt(HumanVerdict verdict) => options.Value switch
    {
        { Version: 3 } when verdict.Score is null => "no score, as with keys of version 2",
        { MinimumScore: var least } when verdict.Score < least => "a low score",
        { Version: var version } when verdict.Action != HumanCheckOptions.Action && (version == 3 || verdict.Action is { Length: > 0 }) => "another action",
        { HostNames: { Count: > 0 } hosts } when !hosts.Contains(verdict.HostName, StringComparer.OrdinalIgnoreCase) => "another host name",
        _ => null,
    };

    private string Server => options.Value.BaseUrl.Authority;

    private Result Unavailable(string reason, OutsideFault fault)
    {
        LogAway(Server, reason);
        journal.Failed(OutsideCatalogue.HumanCheck, options.Value.BaseUrl, fault);

        return AccountErrors.HumanCheckUnavailable;
    }

    private Result Refused(string doubt)
    {
        LogRefused(doubt);

        return AccountErrors.NotHuman;
    }

    [LoggerMessage(LogLevel.Warning, "The registration check at {Server} cannot be asked ({Reason}): nobody can register until it can")]
    private partial void LogAway(string server, string reason);

    [LoggerMessage(LogLevel.Error, "The registration check at {Server} does not accept HumanCheck:SecretKey ({Code}): nobody can register until it is right")]
    private partial void LogMisconfigured(string server, string code);

    [LoggerMessage(LogLevel.Information, "A registration was refused: {Doubt}")]
    private partial void LogRefused(string doubt);
}
