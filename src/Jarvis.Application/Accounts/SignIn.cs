using FluentValidation;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <param name="Login">The name or the e-mail address.</param>
public sealed record SignIn(string Login, string Password) : IRequest<Result<Account>>;

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    // What cannot be right is not worth the cost of a password hash.
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
