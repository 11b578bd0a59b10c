using System.Text;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>
/// Splits a text of any length into messages. A code block that does not fit is closed at the end of a message and reopened, with
/// its language, in the next one, so that each message renders correctly on its own.
/// </summary>
public static class MessageSplitter
{
    public const int MaxLength = 2_000;

    private const int MinFenceLength = 3;
    private const int MaxFenceLength = 10;
    private const int MaxLanguageLength = 30;

    /// <param name="maxParts">Maximum number of messages.</param>
    /// <param name="truncationNote">End of the last message if the text is truncated.</param>
    public static IReadOnlyList<string> Split(string text, int maxParts, string truncationNote, int maxLength = MaxLength)
    {
        var parts = SplitAll(text, maxLength);
        if (parts.Count <= maxParts)
        {
            return parts;
        }

        // Split the last message again, to leave room for the note.
        var last = SplitAll(parts[maxParts - 1], maxLength - truncationNote.Length - 2)[0];

        return [.. parts.Take(maxParts - 1), $"{last}\n\n{truncationNote}"];
    }

    private static List<string> SplitAll(string text, int maxLength)
    {
        var (parts, part, fence) = (new List<string>(), new StringBuilder(), (string?)null);
        foreach (var line in Lines(text))
        {
            Add(line);
        }

        End();

        return parts;

        void Add(string line)
        {
            var after = FenceAfter(line, fence);
            var opens = fence is null && after is not null;

            // A fence that opens at the very end of a message would render as an empty block.
            if (part.Length > 0 && part.Length + 1 + line.Length + (opens ? maxLength / 10 : 0) + Closing(after).Length > maxLength)
            {
                Break();
            }

            while (Room(after) < line.Length)
            {
                // The line alone is longer than a message.
                var cut = FindCut(line, Room(after));
                Write(line[..cut].TrimEnd());
                line = line[cut..];
                fence = after ?? fence;
                Break();
            }

            Write(line);
            fence = after;
        }

        int Room(string? after) => maxLength - part.Length - (part.Length > 0 ? 1 : 0) - Closing(after).Length;

        void Write(string line)
        {
            if (part.Length > 0)
            {
                part.Append('\n');
            }

            part.Append(line);
        }

        void Break()
        {
            var open = fence;
            End();
            if (open is not null)
            {
                part.Append(open);
            }
        }

        void End()
        {
            if (fence is not null)
            {
                part.Append(Closing(fence));
            }

            if (part.ToString().Trim('\n') is var whole && !string.IsNullOrWhiteSpace(whole))
            {
                parts.Add(whole);
            }

            part.Clear();
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Returns the fence that reopens the code block after the line; null outside a code block.</summary>
    private static string? FenceAfter(string line, string? open)
    {
        var trimmed = line.TrimStart(' ');
        var ticks = trimmed.Length - trimmed.TrimStart('`').Length;
        if (open is null)
        {
            return ticks is >= MinFenceLength and <= MaxFenceLength && !trimmed[ticks..].Contains('`', StringComparison.Ordinal)
                ? trimmed[..ticks] + ReadLanguage(trimmed[ticks..])
                : null;
        }

        return ticks >= CountTicks(open) && trimmed.TrimEnd().Length == ticks ? null : open;
    }

    private static string ReadLanguage(string opening) =>
        opening.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [{ Length: <= MaxLanguageLength } language, ..] ? language : "";

    private static int CountTicks(string fence) => fence.Length - fence.TrimStart('`').Length;

    private static string Closing(string? fence) => fence is null ? "" : "\n" + new string('`', CountTicks(fence));

    // Cut between words if possible, and never inside a surrogate pair.
    private static int FindCut(string line, int room)
    {
        var cut = line.LastIndexOf(' ', Math.Min(room, line.Length - 1));
        cut = cut > room / 2 ? cut + 1 : room;

        return line.Truncate(Math.Min(cut, room)).Length;
    }
}
