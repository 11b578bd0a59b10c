using System.Text.Json.Nodes;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Builds the bodies of interactions that Discord sends.</summary>
public static class DiscordInteraction
{
    public static JsonObject Ping() => new() { ["id"] = DiscordStandIn.NewSnowflake(), ["application_id"] = DiscordStandIn.ApplicationId, ["type"] = 1, ["token"] = "ping", ["version"] = 1 };

    public static JsonObject Ask(DiscordPerson person, DiscordChannel place, string prompt, bool? isPublic = null, bool? memory = null) =>
        Command(person, place, "ask", ("prompt", prompt), ("public", isPublic), ("memory", memory));

    public static JsonObject Memories(DiscordPerson person, DiscordChannel place, string? query = null) => Command(person, place, "memories", ("query", query));

    public static JsonObject Forget(DiscordPerson person, DiscordChannel place, string memory) => Command(person, place, "forget", ("memory", memory));

    /// <summary>Autocomplete request while the user types the option.</summary>
    public static JsonObject Autocomplete(DiscordPerson person, DiscordChannel place, string typed)
    {
        var body = Forget(person, place, typed);
        body["type"] = 4;
        body["data"]!["options"]![0]!["focused"] = true;

        return body;
    }

    /// <summary>Component interaction: a button, or a menu if it has values.</summary>
    public static JsonObject Click(DiscordPerson person, DiscordChannel place, string customId, params string[] values)
    {
        var body = Of(person, place, 3);
        body["data"] = new JsonObject
        {
            ["custom_id"] = customId,
            ["component_type"] = values.Length == 0 ? 2 : 3,
            ["values"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        };

        return body;
    }

    public static JsonObject Command(DiscordPerson person, DiscordChannel place, string name, params (string Name, object? Value)[] options)
    {
        var body = Of(person, place, 2);
        body["data"] = new JsonObject
        {
            ["id"] = DiscordStandIn.NewSnowflake(),
            ["name"] = name,
            ["type"] = 1,
            ["options"] = new JsonArray(
            [
                .. options.Where(option => option.Value is not null).Select(option => new JsonObject
                {
                    ["name"] = option.Name,
                    ["type"] = option.Value is bool ? 5 : 3,
                    ["value"] = option.Value is bool flag ? JsonValue.Create(flag) : JsonValue.Create((string)option.Value!),
                }),
            ]),
        };

        return body;
    }

    private static JsonObject Of(DiscordPerson person, DiscordChannel place, int type)
    {
        var user = new JsonObject { ["id"] = person.Id, ["username"] = person.Username, ["global_name"] = person.Name, ["discriminator"] = "0" };
        var body = new JsonObject
        {
            ["id"] = DiscordStandIn.NewSnowflake(),
            ["application_id"] = DiscordStandIn.ApplicationId,
            ["type"] = type,
            ["token"] = GeneratedSecrets.New("token of an interaction"),
            ["version"] = 1,
            ["locale"] = person.Locale,
            ["context"] = place.Context,
            ["channel_id"] = place.ChannelId,
            ["channel"] = new JsonObject { ["id"] = place.ChannelId, ["type"] = place.ChannelType },
        };
        if (place.GuildId is null)
        {
            body["user"] = user;
        }
        else
        {
            body["guild_id"] = place.GuildId;
            body["member"] = new JsonObject { ["user"] = user, ["permissions"] = "0" };
        }

        return body;
    }
}
