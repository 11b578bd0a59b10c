using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>One message of ChatGPT's export that somebody could read.</summary>
/// <param name="Id">Of its node: unlike the message's own it stands in the tree once.</param>
internal sealed record ChatGptMessage(string Id, bool IsPersons, string Text, DateTimeOffset? At)
{
    /// <summary>What the model thought, looked up, or was told about the person; the person did not say it, and did not read it as an answer.</summary>
    private static readonly HashSet<string?> Inner =
    [
        "thoughts", "reasoning_recap", "code", "execution_output", "system_error", "user_editable_context", "model_editable_context",
        "tether_browsing_code", "tether_browsing_display", "tether_quote", "sonic_webpage", "computer_output", "app_pairing_content",
    ];

    /// <summary>Null where it is none: of the system or a tool, hidden, to a tool, without any text.</summary>
    public static ChatGptMessage? Parse(string id, JsonElement node, DateTimeOffset latest)
    {
        var message = node.Property("message");
        var role = message.Property("author").Property("role").Text();
        if (role is not ("user" or "assistant")
            || message.Property("metadata").Property("is_visually_hidden_from_conversation").Is(JsonValueKind.True)
            || (message.Property("recipient").Text() ?? "all") != "all"
            || Inner.Contains(message.Property("content").Property("content_type").Text()))
        {
            return null;
        }

        var text = ReadText(message!.Value);

        return string.IsNullOrWhiteSpace(text)
            ? null
            : new ChatGptMessage(id, role == "user", text, message.Property("create_time").UnixTime(latest));
    }

    // Where only a file was sent, its name is all that there is to tell.
    private static string ReadText(JsonElement message)
    {
        var content = message.Property("content");
        var parts = content.Property("parts").Items().Select(part => ReadPart(part)).Append(content.Property("text").SanitizedText());
        var text = string.Join('\n', parts.Where(part => !string.IsNullOrWhiteSpace(part)));

        return text.Length > 0 ? text : string.Join(
            '\n',
            message.Property("metadata").Property("attachments").Items().Select(file => file.Property("name").SanitizedText()).OfType<string>().Select(name => $"[{name}]"));
    }

    // A transcription stands beside the sound that it is of.
    private static string? ReadPart(JsonElement? part) =>
        part.SanitizedText()
        ?? part.Property("text").SanitizedText()
        ?? (part.Property("content_type").Text() is "image_asset_pointer" ? "[image]" : null);
}
