namespace Jarvis.Application.Speech;

/// <summary>Where Markdown that is still written may be cut: behind a sentence, with no mark left open.</summary>
internal static class SpokenCut
{
    /// <summary>Null where there is no such place yet.</summary>
    public static int? Next(string markdown)
    {
        for (var from = 0; SentenceEnds.Next(markdown, from, isWhole: false) is { } end; from = end)
        {
            if (IsClosed(markdown.AsSpan(0, end)))
            {
                return end;
            }
        }

        return null;
    }

    private static bool IsClosed(ReadOnlySpan<char> text)
    {
        var (brackets, stars, lines, strokes) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '`':
                    if (BehindCode(text, i) is not { } behind)
                    {
                        return false;
                    }

                    i = behind - 1;
                    break;
                case '[':
                    brackets++;
                    break;
                case ']' when brackets > 0:
                    brackets--;
                    if (i + 1 < text.Length && text[i + 1] == '(')
                    {
                        var close = text[i..].IndexOf(')');
                        if (close < 0)
                        {
                            return false;
                        }

                        i += close;
                    }

                    break;
                case '*':
                    i += Mark(text, i, ref stars) - 1;
                    break;
                case '_':
                    i += Mark(text, i, ref lines) - 1;
                    break;
                case '~':
                    i += Mark(text, i, ref strokes) - 1;
                    break;
            }
        }

        return (brackets, stars, lines, strokes) is (0, 0, 0, 0);
    }

    // A run of marks closes what is open where a word stands before it, and opens where one stands behind it.
    private static int Mark(ReadOnlySpan<char> text, int start, ref int open)
    {
        var length = text[start..].IndexOfAnyExcept(text[start]) is > 0 and var run ? run : text.Length - start;
        var (before, behind) = (start > 0 ? text[start - 1] : ' ', start + length < text.Length ? text[start + length] : ' ');
        if (!char.IsWhiteSpace(before) && open > 0)
        {
            open -= Math.Min(open, length);
        }
        else if (!char.IsWhiteSpace(behind) && !(text[start] == '_' && char.IsLetterOrDigit(before)))
        {
            open += length;
        }

        return length;
    }

    private static int? BehindCode(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExcept('`') is > 0 and var run ? run : text.Length - start;
        for (var i = start + length; i < text.Length; i++)
        {
            if (text[i] == '`')
            {
                var closing = text[i..].IndexOfAnyExcept('`') is > 0 and var found ? found : text.Length - i;
                if (closing == length)
                {
                    return i + closing;
                }

                i += closing - 1;
            }
        }

        return null;
    }
}
