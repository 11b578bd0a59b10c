using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Visible message of ChatGPT's export.</summary>
/// <param name="Id">Identifier of the node, which is unique in the tree. The identifier of the message isn't.</param>
internal sealed record ChatGptMessage(string Id, bool IsFromUser, string Text, DateTimeOffset? At)
{
    // Reasoning, tool calls and context of the model, which the user neither wrote nor read as an answer.
    private static readonly HashSet<string?> InternalContentTypes =
    [
        "thoughts", "reasoning_recap", "code", "execution_output", "system_error", "user_editable_context", "model_editable_context",
        "tether_browsing_code", "tether_browsing_display", "tether_quote", "sonic_webpage", "computer_output", "app_pairing_content",
    ];

    /// <summary>Returns null for messages from the system or a tool, hidden messages, messages to a tool, and messages without text.</summary>
    public static ChatGptMessage? Parse(string id, JsonElement node, DateTimeOffset latest)
    {
        var message = node.Property("message");
        var role = message.Property("author").Property("role").Text();
        if (role is not ("user" or "assistant")
            || message.Property("metadata").Property("is_visually_hidden_from_conversation").Is(JsonValueKind.True)
            || (message.Property("recipient").Text() ?? "all") != "all"
            || InternalContentTypes.Contains(message.Property("content").Property("content_type").Text()))
        {
            return null;
        }

        var text = ReadText(message!.Value);

        return string.IsNullOrWhiteSpace(text)
            ? null
            : new ChatGptMessage(id, role == "user", text, message.Property("create_time").UnixTime(latest));
    }

    // A message with only attachments becomes the list of their names.
    private static string ReadText(JsonElement message)
    {
        var content = message.Property("content");
        var parts = content.Property("parts").Items().Select(part => ReadPart(part)).Append(content.Property("text").SanitizedText());
        var text = string.Join('\n', parts.Where(part => !string.IsNullOrWhiteSpace(part)));

        return text.Length > 0 ? text : string.Join(
            '\n',
            message.Property("metadata").Property("attachments").Items().Select(file => file.Property("name").SanitizedText()).OfType<string>().Select(name => $"[{name}]"));
    }

    // The transcription of an audio part is in its text property.
    private static string? ReadPart(JsonElement? part) =>
        part.SanitizedText()
        ?? part.Property("text").SanitizedText()
        ?? (part.Property("content_type").Text() is "image_asset_pointer" ? "[image]" : null);
}
