using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Jarvis.Web.Tests.Imports;

/// <summary>Builds files in the format of ChatGPT's export.</summary>
internal static class ChatGptExport
{
    private const double Start = 1_700_000_000.25;

    /// <summary>Builds a conversation of alternating user and assistant messages, with the hidden nodes that an export contains.</summary>
    public static object Conversation(string id, string? title, params string[] messages)
    {
        var mapping = new Dictionary<string, object>
        {
            ["client-created-root"] = new { id = "client-created-root", message = (object?)null, parent = (string?)null, children = new[] { $"{id}-system" } },
            [$"{id}-system"] = Node($"{id}-system", "client-created-root", Message("system", [""], hidden: true)),
        };
        var parent = $"{id}-system";
        for (var i = 0; i < messages.Length; i++)
        {
            var node = $"{id}-{i}";
            mapping[node] = Node(node, parent, Message(i % 2 == 0 ? "user" : "assistant", [messages[i]], Start + i));
            parent = node;
        }

        return new { title, create_time = Start, update_time = Start + messages.Length, mapping, current_node = parent, conversation_id = id, id };
    }

    public static object Node(string id, string? parent, object? message) => new { id, message, parent, children = Array.Empty<string>() };

    public static object Message(string role, object[] parts, double? at = null, bool hidden = false, string type = "text", string recipient = "all") => new
    {
        author = new { role, name = (string?)null, metadata = new { } },
        create_time = at,
        content = new { content_type = type, parts },
        recipient,
        metadata = new { is_visually_hidden_from_conversation = hidden },
    };

    public static byte[] Json(params object[] conversations) => JsonSerializer.SerializeToUtf8Bytes(conversations);

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return archive.ToArray();
    }
}
