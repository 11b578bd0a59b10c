using System.Text.Json;
using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>
/// Reads a conversation of ChatGPT's <c>conversations.json</c>: a tree of messages, of which the branch that the user saw last is
/// imported. Users can't correct this file. So contents that Jarvis can't store are truncated, replaced or skipped, and only JSON
/// that isn't such a conversation is rejected.
/// </summary>
internal static class ChatGptConversation
{
    public static Result<ConversationImportModel> Read(JsonElement conversation, DateTimeOffset now)
    {
        var id = conversation.Property("conversation_id").Text() ?? conversation.Property("id").Text();
        if (id is null || !conversation.Property("mapping").Is(JsonValueKind.Object))
        {
            return ImportErrors.NotRecognized;
        }

        var createdAt = conversation.Property("create_time").UnixTime(now);
        var fallback = createdAt ?? conversation.Property("update_time").UnixTime(now) ?? now;
        var turns = ToTurns(FindBranch(conversation, now).Select(node => ChatGptMessage.Parse(node.Key, node.Value, now)).OfType<ChatGptMessage>(), fallback);
        var truncated = turns.Select(turn => turn with { Prompt = Shorten(turn.Prompt!, Turn.PromptMaxLength) }).ToList();

        return new ConversationImportModel(
            id,
            conversation.Property("title").SanitizedText() is { } title ? Shorten(title.Trim(), Conversation.TitleMaxLength) : null,
            createdAt,
            truncated,
            Shortened: turns.Count(turn => turn.Prompt!.Length > Turn.PromptMaxLength));
    }

    // Follows the parents from the last message to the root, and stops at a missing node or a circle.
    private static List<KeyValuePair<string, JsonElement>> FindBranch(JsonElement conversation, DateTimeOffset now)
    {
        var nodes = new Dictionary<string, JsonElement>();
        foreach (var node in conversation.GetProperty("mapping").EnumerateObject())
        {
            nodes[node.Name] = node.Value;
        }

        var branch = new List<KeyValuePair<string, JsonElement>>();
        var next = conversation.Property("current_node").Text();
        next = next is not null && nodes.ContainsKey(next) ? next : LastLeaf(nodes, now);
        while (next is not null && nodes.Remove(next, out var node))
        {
            branch.Add(new(next, node));
            next = node.Property("parent").Text();
        }

        branch.Reverse();

        return branch;
    }

    // Without a current node, the branch of the latest message is imported.
    private static string? LastLeaf(Dictionary<string, JsonElement> nodes, DateTimeOffset now)
    {
        var parents = nodes.Values.Select(node => node.Property("parent").Text()).OfType<string>().ToHashSet();

        return nodes
            .Where(node => !parents.Contains(node.Key))
            .OrderBy(node => node.Value.Property("message").Property("create_time").UnixTime(now))
            .LastOrDefault().Key;
    }

    // Joins consecutive messages of the same author, and skips answers before the first message of the user.
    private static List<TurnImportModel> ToTurns(IEnumerable<ChatGptMessage> messages, DateTimeOffset at)
    {
        var turns = new List<TurnImportModel>();
        var lastIsFromUser = false;
        foreach (var message in messages)
        {
            at = message.At ?? at;
            if (message.IsFromUser && !lastIsFromUser)
            {
                turns.Add(new TurnImportModel(message.Id, message.Text, Response: null, at));
            }
            else if (turns.Count > 0)
            {
                var turn = turns[^1];
                turns[^1] = message.IsFromUser
                    ? turn with { Prompt = Join(turn.Prompt, message.Text) }
                    : turn with { Response = Join(turn.Response, message.Text) };
            }

            lastIsFromUser = message.IsFromUser;
        }

        return turns;
    }

    private static string Join(string? first, string second) => first is null ? second : $"{first}\n\n{second}";

    private static string Shorten(string text, int maxLength) => text.Length <= maxLength ? text : text.Truncate(maxLength - 1) + "…";
}
