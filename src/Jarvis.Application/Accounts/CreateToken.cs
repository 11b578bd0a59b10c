using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <param name="ExpiresAt">Null for a token without an expiration date.</param>
public sealed record CreateToken(UserId User, string Name, DateTimeOffset? ExpiresAt) : IRequest<Result<CreatedToken>>;

/// <param name="Token">Text of the token, which is shown only once.</param>
public sealed record CreatedToken(AccessTokenId Id, string Name, string Token, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

internal sealed class CreateTokenValidator : AbstractValidator<CreateToken>
{
    public CreateTokenValidator(TimeProvider clock)
    {
        RuleFor(create => create.Name)
            .Must(name => !string.IsNullOrWhiteSpace(name) && name.Length <= AccessToken.NameMaxLength && name.IsStorable())
            .WithAppError(AccountErrors.TokenNameInvalid);
        RuleFor(create => create.ExpiresAt)
            .Must(expiresAt => expiresAt is null || expiresAt > clock.GetUtcNow())
            .WithAppError(AccountErrors.TokenExpiryInvalid);
    }
}

internal sealed class CreateTokenHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<CreateToken, Result<CreatedToken>>
{
    public async Task<Result<CreatedToken>> Handle(CreateToken request, CancellationToken cancellationToken)
    {
        var (token, secret) = AccessToken.Issue(request.User, request.Name.Trim(), request.ExpiresAt, clock.GetUtcNow());
        db.AccessTokens.Add(token);
        await db.SaveChangesAsync(cancellationToken);

        return new CreatedToken(token.Id, token.Name, secret, token.CreatedAt, token.ExpiresAt);
    }
}
