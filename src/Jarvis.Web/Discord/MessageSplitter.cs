using System.Text;
using Jarvis.Domain.Common;

namespace Jarvis.Web.Discord;

/// <summary>
/// Cuts a text of any length into messages. A code block that does not fit is closed at the end of a message and opened again, in
/// its language, in the next, so that each message shows by itself what it holds.
/// </summary>
internal static class MessageSplitter
{
    public const int MaxLength = 2_000;

    private const int MinFenceLength = 3;
    private const int MaxFenceLength = 10;
    private const int MaxLanguageLength = 30;

    /// <param name="most">More messages than that are not sent.</param>
    /// <param name="rest">What stands at the end of the last one where something was left out.</param>
    public static IReadOnlyList<string> Split(string text, int most, string rest, int longest = MaxLength)
    {
        var parts = SplitAll(text, longest);
        if (parts.Count <= most)
        {
            return parts;
        }

        // The last one gives way to the note: it is cut once more, to leave room for it.
        var last = SplitAll(parts[most - 1], longest - rest.Length - 2)[0];

        return [.. parts.Take(most - 1), $"{last}\n\n{rest}"];
    }

    private static List<string> SplitAll(string text, int longest)
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

            // A fence that is opened at the very end of a message would be an empty block there.
            if (part.Length > 0 && part.Length + 1 + line.Length + (opens ? longest / 10 : 0) + Closing(after).Length > longest)
            {
                Break();
            }

            while (Room(after) < line.Length)
            {
                // A single line that is longer than a message.
                var cut = FindCut(line, Room(after));
                Write(line[..cut].TrimEnd());
                line = line[cut..];
                fence = after ?? fence;
                Break();
            }

            Write(line);
            fence = after;
        }

        int Room(string? after) => longest - part.Length - (part.Length > 0 ? 1 : 0) - Closing(after).Length;

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

    /// <summary>What opens the block again in which the next line stands; null outside of one.</summary>
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

    // Prefers a space in the second half of the room.
    private static int FindCut(string line, int room)
    {
        var cut = line.LastIndexOf(' ', Math.Min(room, line.Length - 1));
        cut = cut > room / 2 ? cut + 1 : room;

        return line.Truncate(Math.Min(cut, room)).Length;
    }
}
