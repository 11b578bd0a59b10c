using Jarvis.Domain.Common;

namespace Jarvis.Application.Accounts;

/// <summary>Whether it is a person who wants an account, as far as somebody else can tell.</summary>
public interface ICaptchaVerifier
{
    /// <summary>
    /// Passes where there is no check. Refuses who cannot be told from a program (<see cref="AccountErrors.CaptchaFailed"/>), whose proof is
    /// used up or too old (<see cref="AccountErrors.CaptchaExpired"/>), and everybody while the check cannot be made. It returns
    /// within some seconds and never throws for what happens there.
    /// </summary>
    /// <param name="proof">What the page's check gave along; good for one time. Text written by strangers.</param>
    Task<Result> VerifyAsync(string? proof, CancellationToken cancellationToken);
}
