using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Discord;

internal sealed class DiscordLogin(DiscordHttp http, IOptions<DiscordOptions> options) : IDiscordLogin
{
    private const string Scope = "identify";

    // Somebody looks at a page that loads.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public bool CanLink => options.Value.CanLink;

    public Uri? AddressFor(string state, string challenge, Uri redirect) => !options.Value.CanLink ? null : new Uri(QueryHelpers.AddQueryString(
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
        if (exchanged is not DiscordAnswer.Taken { Body: var granted })
        {
            return RefusalOf(exchanged);
        }

        if (TextOf(granted, "access_token") is not { } token)
        {
            return DiscordErrors.Away;
        }

        var me = await http.SendAsync("users/@me", () => AskedWith("users/@me", token), Patience, cancellationToken);

        // Given back whatever came of it; nobody waits for more than that, and it would end by itself.
        await FormAsync("oauth2/token/revoke", cancellationToken, ("token", token), ("token_type_hint", "access_token"));

        return me is DiscordAnswer.Taken { Body: var person } && TextOf(person, "id") is { Length: > 0 } id && id.All(char.IsAsciiDigit)
            ? new DiscordIdentity(id, TextOf(person, "global_name") ?? TextOf(person, "username") ?? id)
            : me is DiscordAnswer.Limited { Wait: var wait } ? DiscordErrors.TooMany(wait) : DiscordErrors.Away;
    }

    private Task<DiscordAnswer> FormAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields) => http.SendAsync(
        path,
        () => new HttpRequestMessage(HttpMethod.Post, options.Value.Api(path))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"))) },
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        },
        Patience,
        cancellationToken);

    private HttpRequestMessage AskedWith(string path, string token) => new(HttpMethod.Get, options.Value.Api(path))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static Error RefusalOf(DiscordAnswer answer) => answer switch
    {
        DiscordAnswer.Limited { Wait: var wait } => DiscordErrors.TooMany(wait),
        DiscordAnswer.Refused { Status: HttpStatusCode.Unauthorized } => DiscordErrors.SecretRefused,
        DiscordAnswer.Refused { Body: var body } => TextOf(body, "error") == "invalid_client" ? DiscordErrors.SecretRefused : DiscordErrors.CodeRefused,
        _ => DiscordErrors.Away,
    };

    private static string? TextOf(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
