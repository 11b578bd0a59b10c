using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Accounts;

public sealed record RevokeToken(UserId User, AccessTokenId Token) : IRequest<Result>;

internal sealed class RevokeTokenHandler(IJarvisDb db) : IRequestHandler<RevokeToken, Result>
{
    public async Task<Result> Handle(RevokeToken request, CancellationToken cancellationToken)
    {
        var token = await db.AccessTokens.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Token, cancellationToken);
        if (token is null)
        {
            return AccountErrors.TokenNotFound;
        }

        db.AccessTokens.Remove(token);
        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
