namespace Jarvis.Application.Speech.Text;

/// <summary>Where Markdown that is still written may be cut: behind a sentence, with no mark left open.</summary>
internal static class SentenceBoundary
{
    /// <summary>Null where there is no such place yet.</summary>
    public static int? FindNext(string markdown)
    {
        var marks = new UnclosedMarkup(markdown);
        for (var from = 0; SentenceEndDetector.Next(markdown, from, isWhole: false) is { } end; from = end)
        {
            if (marks.AreClosedAt(end))
            {
                return end;
            }
        }

        return null;
    }
}
