using Microsoft.AspNetCore.WebUtilities;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Access that an authorization code grants once.</summary>
internal sealed record DiscordGrant(DiscordPerson Person, string Redirect, string Challenge)
{
    public static Uri Create(DiscordStandIn standIn, Uri authorize, DiscordPerson person)
    {
        var query = QueryHelpers.ParseQuery(authorize.Query);
        if (query["client_id"] != DiscordStandIn.ApplicationId || query["response_type"] != "code" || query["scope"] != "identify" || query["code_challenge_method"] != "S256")
        {
            throw new InvalidOperationException($"Invalid authorization URL: {authorize}");
        }

        GeneratedSecrets.Register("state of a link to Discord", query["state"].ToString());
        var code = GeneratedSecrets.New("code of Discord");
        standIn.Grants[code] = new DiscordGrant(person, query["redirect_uri"].ToString(), query["code_challenge"].ToString());

        return new Uri(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }
}
