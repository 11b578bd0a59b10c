using System.Security.Claims;
using Jarvis.Application.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using MediatR;

namespace Jarvis.Web.Api;

internal static class TokensApi
{
    public static void MapTokensApi(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapApi("/tokens");
        tokens.MapGet("", ListAsync);
        tokens.MapPost("", CreateAsync);
        tokens.MapDelete("/{id:guid}", RevokeAsync);
    }

    private static async Task<object> ListAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken, int page = 1) =>
        (await mediator.Send(new ListTokens(user.Id(), page), cancellationToken)).ToResponse(row => row);

    private static async Task<IResult> CreateAsync(CreateBody body, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken)
    {
        var created = await mediator.Send(new CreateToken(user.Id(), body.Name ?? "", body.ExpiresAt), cancellationToken);

        return created.Error is { } error ? ApiResults.ToProblem(error) : Results.Json(created.Value, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(Guid id, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RevokeToken(user.Id(), new AccessTokenId(id)), cancellationToken)).ToHttp();

    private sealed record CreateBody(string? Name, DateTimeOffset? ExpiresAt);
}
