using System.Text.RegularExpressions;
using FluentValidation;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <param name="HumanProof">Result of the captcha, if one is configured.</param>
public sealed partial record RegisterAccount(string Username, string Email, string Password, string? HumanProof) : IRequest<Result<Account>>
{
    // No spaces and no @, so that sign-in can tell a name from an e-mail address.
    [GeneratedRegex(@"^[\p{L}\p{N}._-]+$")]
    internal static partial Regex UsernamePattern { get; }
}

internal sealed class RegisterAccountValidator : AbstractValidator<RegisterAccount>
{
    public RegisterAccountValidator()
    {
        RuleFor(register => register.Username)
            .Must(name => name?.Length is >= AccountErrors.UsernameMinLength and <= AccountErrors.UsernameMaxLength
                && RegisterAccount.UsernamePattern.IsMatch(name))
            .WithAppError(AccountErrors.UsernameInvalid);
        RuleFor(register => register.Email)
            .Cascade(CascadeMode.Stop)
            .NotEmpty().WithAppError(AccountErrors.EmailInvalid)
            .MaximumLength(AccountErrors.EmailMaxLength).WithAppError(AccountErrors.EmailInvalid)
            .EmailAddress().WithAppError(AccountErrors.EmailInvalid)
            .Must(TextExtensions.IsStorable).WithAppError(AccountErrors.EmailInvalid);
        RuleFor(register => register.Password)
            .Must(password => password?.Length is >= AccountErrors.PasswordMinLength and <= AccountErrors.PasswordMaxLength)
            .WithAppError(AccountErrors.PasswordInvalid);
    }
}

internal sealed class RegisterAccountHandler(IAccounts accounts, ICaptchaVerifier check) : IRequestHandler<RegisterAccount, Result<Account>>
{
    public async Task<Result<Account>> Handle(RegisterAccount request, CancellationToken cancellationToken)
    {
        // The captcha proof is valid once, so it is verified only after all other rules pass.
        var human = await check.VerifyAsync(request.HumanProof, cancellationToken);

        return human.Error is { } error ? error : await accounts.RegisterAsync(request.Username, request.Email, request.Password, cancellationToken);
    }
}
