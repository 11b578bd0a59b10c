using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech.Text;

/// <summary>Finds where incomplete Markdown may be cut: after a sentence, outside of open marks.</summary>
internal static class SentenceBoundary
{
    /// <summary>Returns the first position; null if the text has none yet.</summary>
    public static int? FindNext(string markdown)
    {
        var marks = new UnclosedMarkup(markdown);
        for (var from = 0; SentenceSplitter.FindEnd(markdown, from, isWhole: false) is { } end; from = end)
        {
            if (marks.AreClosedAt(end))
            {
                return end;
            }
        }

        return null;
    }
}
