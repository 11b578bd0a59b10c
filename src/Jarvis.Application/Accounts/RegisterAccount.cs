using System.Text.RegularExpressions;
using FluentValidation;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <param name="HumanProof">What the registration check gave, where there is one.</param>
public sealed partial record RegisterAccount(string Username, string Email, string Password, string? HumanProof) : IRequest<Result<Account>>
{
    // No spaces and no @, so that a name is never mistaken for an address when signing in.
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
            .Must(ValidationExtensions.IsStorable).WithAppError(AccountErrors.EmailInvalid);
        RuleFor(register => register.Password)
            .Must(password => password?.Length is >= AccountErrors.PasswordMinLength and <= AccountErrors.PasswordMaxLength)
            .WithAppError(AccountErrors.PasswordInvalid);
    }
}

internal sealed class RegisterAccountHandler(IAccounts accounts, ICaptchaVerifier check) : IRequestHandler<RegisterAccount, Result<Account>>
{
    public async Task<Result<Account>> Handle(RegisterAccount request, CancellationToken cancellationToken)
    {
        // A proof is good for one time, so it is spent only on what is right in itself.
        var human = await check.VerifyAsync(request.HumanProof, cancellationToken);

        return human.Error is { } error ? error : await accounts.RegisterAsync(request.Username, request.Email, request.Password, cancellationToken);
    }
}
