using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal sealed class DiscordOAuthClient(DiscordApiClient http, IOptions<DiscordOptions> options) : IDiscordOAuthClient
{
    private const string Scope = "identify";

    // A user waits for the page.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public bool IsConfigured => options.Value.CanLink;

    public Uri? CreateAuthorizationUrl(string state, string challenge, Uri redirect) => !options.Value.CanLink ? null : new Uri(QueryHelpers.AddQueryString(
        new Uri(options.Value.BaseUrl, "/oauth2/authorize").AbsoluteUri,
        new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.ClientId,
            ["response_type"] = "code",
            ["scope"] = Scope,
            ["redirect_uri"] = redirect.AbsoluteUri,
            ["state"] = state,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        }));

    public async Task<Result<DiscordIdentity>> IdentifyAsync(string code, string verifier, Uri redirect, CancellationToken cancellationToken)
    {
        if (!options.Value.CanLink)
        {
            return DiscordErrors.LinkingOff;
        }

        var exchanged = await FormAsync("oauth2/token", cancellationToken, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect.AbsoluteUri), ("code_verifier", verifier));
        if (exchanged is not DiscordApiResult.Success { Body: var granted })
        {
            return ToError(exchanged);
        }

        if (ReadText(granted, "access_token") is not { } token)
        {
            return DiscordErrors.Unavailable;
        }

        var me = await http.SendAsync("users/@me", () => CreateRequest("users/@me", token), Timeout, cancellationToken);

        // Revoked in any case. A failure doesn't matter, because the token expires.
        await FormAsync("oauth2/token/revoke", cancellationToken, ("token", token), ("token_type_hint", "access_token"));

        return me is DiscordApiResult.Success { Body: var person } && ReadText(person, "id") is { Length: > 0 } id && id.All(char.IsAsciiDigit)
            ? new DiscordIdentity(id, ReadText(person, "global_name") ?? ReadText(person, "username") ?? id)
            : me is DiscordApiResult.RateLimited { Wait: var wait } ? DiscordErrors.RateLimited(wait) : DiscordErrors.Unavailable;
    }

    private Task<DiscordApiResult> FormAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields) => http.SendAsync(
        path,
        () => new HttpRequestMessage(HttpMethod.Post, options.Value.Api(path))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"))) },
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        },
        Timeout,
        cancellationToken);

    private HttpRequestMessage CreateRequest(string path, string token) => new(HttpMethod.Get, options.Value.Api(path))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static Error ToError(DiscordApiResult result) => result switch
    {
        DiscordApiResult.RateLimited { Wait: var wait } => DiscordErrors.RateLimited(wait),
        DiscordApiResult.Rejected { Status: HttpStatusCode.Unauthorized } => DiscordErrors.SecretRejected,
        DiscordApiResult.Rejected { Body: var body } => ReadText(body, "error") == "invalid_client" ? DiscordErrors.SecretRejected : DiscordErrors.CodeRejected,
        _ => DiscordErrors.Unavailable,
    };

    private static string? ReadText(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
