using FluentValidation;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <param name="Login">User name or e-mail address.</param>
public sealed record SignIn(string Login, string Password) : IRequest<Result<Account>>;

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    // Rejects impossible values before the costly password hash.
    public SignInValidator()
    {
        RuleFor(signIn => signIn.Login).NotEmpty().MaximumLength(AccountErrors.EmailMaxLength).WithAppError(AccountErrors.WrongPassword);
        RuleFor(signIn => signIn.Password).NotEmpty().MaximumLength(AccountErrors.PasswordMaxLength).WithAppError(AccountErrors.WrongPassword);
    }
}

internal sealed class SignInHandler(IAccounts accounts) : IRequestHandler<SignIn, Result<Account>>
{
    public Task<Result<Account>> Handle(SignIn request, CancellationToken cancellationToken) =>
        accounts.CheckPasswordAsync(request.Login, request.Password, cancellationToken);
}
