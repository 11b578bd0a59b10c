using AutoMapper;
using AutoMapper.QueryableExtensions;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Accounts;

public sealed record ListTokens(UserId User, int Page) : IRequest<Page<TokenRow>>;

public sealed record TokenRow(AccessTokenId Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

internal sealed class TokenRowMapping : Profile
{
    public TokenRowMapping() => CreateProjection<AccessToken, TokenRow>();
}

internal sealed class ListTokensHandler(IJarvisDb db, IConfigurationProvider mapping) : IRequestHandler<ListTokens, Page<TokenRow>>
{
    public Task<Page<TokenRow>> Handle(ListTokens request, CancellationToken cancellationToken) =>
        db.AccessTokens.OwnedBy(request.User)
            .OrderByDescending(token => token.Id)
            .ProjectTo<TokenRow>(mapping)
            .PageAsync(request.Page, cancellationToken);
}
