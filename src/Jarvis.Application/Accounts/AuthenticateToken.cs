using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

/// <summary>Finds the owner of an access token.</summary>
public sealed record AuthenticateToken(string Secret) : IRequest<Result<Account>>;

internal sealed class AuthenticateTokenHandler(IJarvisDb db, IAccounts accounts, TimeProvider clock)
    : IRequestHandler<AuthenticateToken, Result<Account>>
{
    public async Task<Result<Account>> Handle(AuthenticateToken request, CancellationToken cancellationToken)
    {
        var hash = AccessToken.ComputeHash(request.Secret);
        var now = clock.GetUtcNow();

        // The only query without an owner, because its result is the owner.
        var owner = db.AccessTokens
            .Where(token => token.Hash == hash && (token.ExpiresAt == null || token.ExpiresAt > now))
            .Select(token => token.UserId);
        var account = await accounts.FindAsync(owner, cancellationToken);

        return account is null ? AccountErrors.TokenRejected : account;
    }
}
