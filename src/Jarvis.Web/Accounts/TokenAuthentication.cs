using System.Text.Encodings.Web;
using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Web.Errors;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Jarvis.Web.Accounts;

/// <summary>Authenticates personal access tokens in <c>Authorization: Bearer jrv_…</c>.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IMediator mediator) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Token";
    private const string Bearer = "Bearer ";

    /// <summary>Returns whether the request contains a bearer token, in which case its cookies are ignored.</summary>
    public static bool HasToken(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!HasToken(Request))
        {
            return AuthenticateResult.NoResult();
        }

        var secret = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (!secret.StartsWith(AccessToken.Prefix, StringComparison.Ordinal))
        {
            return AuthenticateResult.Fail(AccountErrors.TokenRejected.Message);
        }

        var account = await mediator.Send(new AuthenticateToken(secret), Context.RequestAborted);

        return account.Error is { } error
            ? AuthenticateResult.Fail(error.Message)
            : AuthenticateResult.Success(new AuthenticationTicket(CurrentUser.From(account.Value, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");

        return ProblemDetailsFactory.WriteAsync(Context, AccountErrors.TokenRejected);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemDetailsFactory.WriteAsync(Context, WebErrors.Forbidden);
}
