using System.Text.Json;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;

namespace Jarvis.Web.Discord;

/// <summary>User action in Discord. The signature proves that Discord sent it; its texts are untrusted.</summary>
/// <param name="UserId">Id of the Discord user; empty in a ping.</param>
/// <param name="Token">Secret that authorises replies for fifteen minutes.</param>
/// <param name="Name">Name of the command.</param>
/// <param name="CustomId">Id of the button or the menu.</param>
internal sealed record Interaction(
    InteractionType Type,
    string Id,
    string ApplicationId,
    string Token,
    string UserId,
    string? Locale,
    string Name,
    string CustomId,
    IReadOnlyList<string> Values,
    IReadOnlyList<InteractionOption> Options)
{
    private const int Guild = 0;
    private const int BotDirect = 1;
    private const int DirectChannel = 1;
    private static readonly int[] ThreadChannels = [10, 11, 12];

    public string? GuildId { get; private init; }

    public string ChannelId { get; private init; } = "";

    public DiscordScopeType ScopeType { get; private init; }

    public string? Text(string option) => Options.FirstOrDefault(known => known.Name == option)?.Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool Flag(string option) => Options.FirstOrDefault(known => known.Name == option)?.Value.ValueKind == JsonValueKind.True;

    public override string ToString() => $"{Type} {Id}";

    /// <summary>Returns the interaction; null if the body is not a valid one.</summary>
    public static Interaction? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Read(JsonSerializer.Deserialize<JsonElement>(body));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Interaction? Read(JsonElement root)
    {
        var user = Member(Member(root, "member"), "user") is { ValueKind: JsonValueKind.Object } member ? member : Member(root, "user");
        var data = Member(root, "data");
        var type = (InteractionType)(Number(root, "type") ?? 0);
        var read = new Interaction(
            Enum.IsDefined(type) ? type : InteractionType.Unknown,
            Snowflake(root, "id"),
            Snowflake(root, "application_id"),
            String(root, "token") ?? "",
            Snowflake(user, "id"),
            String(root, "locale"),
            String(data, "name") ?? "",
            String(data, "custom_id") ?? "",
            [.. Array(data, "values").Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)],
            [.. Array(data, "options").Select(option => new InteractionOption(String(option, "name") ?? "", Member(option, "value"), Member(option, "focused").ValueKind == JsonValueKind.True))])
        {
            GuildId = Snowflake(root, "guild_id") is { Length: > 0 } guild ? guild : null,
            ChannelId = Snowflake(root, "channel_id"),
            ScopeType = ReadScope(root),
        };
        var isComplete = read.Id.Length > 0 && (type == InteractionType.Ping || (read.UserId.Length > 0 && read.ApplicationId.Length > 0 && read.Token.Length > 0));

        return isComplete ? read : null;
    }

    // Direct messages between two users have the same channel type as those with Jarvis. Only the context distinguishes them.
    private static DiscordScopeType ReadScope(JsonElement root)
    {
        var channel = Number(Member(root, "channel"), "type");
        var isServer = Number(root, "context") == Guild || Snowflake(root, "guild_id").Length > 0;
        if (!isServer && (Number(root, "context") == BotDirect || (Number(root, "context") is null && channel == DirectChannel)))
        {
            return DiscordScopeType.Direct;
        }

        return channel is { } kind && ThreadChannels.Contains(kind) ? DiscordScopeType.Thread : DiscordScopeType.Channel;
    }

    private static string Snowflake(JsonElement parent, string name) =>
        String(parent, name) is { Length: > 0 and <= DiscordScope.SnowflakeMaxLength } id && id.All(char.IsAsciiDigit) ? id : "";

    private static string? String(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int? Number(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static JsonElement[] Array(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;
}

/// <param name="Value">String, number or boolean; undefined if the user set none.</param>
/// <param name="IsFocused">True if the user is typing this option.</param>
internal sealed record InteractionOption(string Name, JsonElement Value, bool IsFocused);
