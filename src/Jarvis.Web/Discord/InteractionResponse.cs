using System.Text.Json.Nodes;

namespace Jarvis.Web.Discord;

/// <summary>Immediate responses to Discord. They notify no one and show no link previews.</summary>
internal static class InteractionResponse
{
    private const int PongType = 1;
    private const int MessageType = 4;
    private const int DeferredType = 5;
    private const int UpdateType = 7;
    private const int ChoicesType = 8;

    private const int SuppressEmbeds = 1 << 2;
    private const int Ephemeral = 1 << 6;

    private const int Row = 1;
    private const int Button = 2;
    private const int Menu = 3;
    private const int Secondary = 2;
    private const int Danger = 4;

    public static JsonObject Pong() => new() { ["type"] = PongType };

    /// <summary>Shows “thinking…” until the answer replaces it.</summary>
    public static JsonObject Deferred(bool isEphemeral) => new()
    {
        ["type"] = DeferredType,
        ["data"] = new JsonObject { ["flags"] = isEphemeral ? Ephemeral : 0 },
    };

    /// <summary>Sends a message that only the user sees.</summary>
    public static JsonObject Message(string content, params JsonObject[] components) => Create(MessageType, content, components);

    /// <summary>Replaces the message that contains the button.</summary>
    public static JsonObject Update(string content, params JsonObject[] components) => Create(UpdateType, content, components);

    public static JsonObject Choices(IEnumerable<(string Name, string Value)> choices) => new()
    {
        ["type"] = ChoicesType,
        ["data"] = new JsonObject
        {
            ["choices"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["name"] = choice.Name, ["value"] = choice.Value })]),
        },
    };

    public static JsonObject DangerButton(string label, string customId) => CreateButton(label, customId, Danger);

    public static JsonObject SecondaryButton(string label, string customId) => CreateButton(label, customId, Secondary);

    public static JsonObject Choice(string customId, string placeholder, IEnumerable<(string Name, string Value)> options) => new()
    {
        ["type"] = Menu,
        ["custom_id"] = customId,
        ["placeholder"] = placeholder,
        ["options"] = new JsonArray([.. options.Select(option => new JsonObject { ["label"] = option.Name, ["value"] = option.Value })]),
    };

    private static JsonObject CreateButton(string label, string customId, int style) => new()
    {
        ["type"] = Button,
        ["style"] = style,
        ["label"] = label,
        ["custom_id"] = customId,
    };

    private static JsonObject Create(int type, string content, JsonObject[] components) => new()
    {
        ["type"] = type,
        ["data"] = new JsonObject
        {
            ["content"] = content,
            ["flags"] = Ephemeral | SuppressEmbeds,
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
            ["components"] = components.Length == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = Row, ["components"] = new JsonArray([.. components]) }),
        },
    };
}
