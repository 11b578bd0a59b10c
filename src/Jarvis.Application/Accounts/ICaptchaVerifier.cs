using Jarvis.Domain.Common;

namespace Jarvis.Application.Accounts;

/// <summary>Verifies with an external service that a person requests an account.</summary>
public interface ICaptchaVerifier
{
    /// <summary>
    /// Succeeds if no captcha is configured. Returns <see cref="AccountErrors.CaptchaFailed"/> if the service cannot verify a
    /// person, <see cref="AccountErrors.CaptchaExpired"/> if the proof is used or too old, and an error for every caller while the
    /// service is unavailable. Returns within a few seconds. Does not throw for failures of the service.
    /// </summary>
    /// <param name="proof">Proof that the captcha on the page returned. Valid once. Untrusted input.</param>
    Task<Result> VerifyAsync(string? proof, CancellationToken cancellationToken);
}
