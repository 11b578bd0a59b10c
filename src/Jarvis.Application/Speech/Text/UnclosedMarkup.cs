namespace Jarvis.Application.Speech.Text;

/// <summary>Scans a paragraph of Markdown once and tracks the open marks: code, links, emphasis.</summary>
internal ref struct UnclosedMarkup(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int position;
    private int brackets;
    private int stars;
    private int underscores;
    private int tildes;

    /// <param name="end">Position to check: not before the last one, and not within a run of marks.</param>
    public bool AreClosedAt(int end)
    {
        while (position < end)
        {
            Step();
        }

        return position == end && (brackets, stars, underscores, tildes) is (0, 0, 0, 0);
    }

    // Moves past one character, or past a span to its closing mark or the end of the text.
    private void Step()
    {
        switch (text[position])
        {
            case '\\':
                position += 2;
                break;
            case '`':
                position = SkipCode();
                break;
            case '[':
                brackets++;
                position++;
                break;
            case ']' when brackets > 0:
                brackets--;
                position++;
                if (position < text.Length && text[position] == '(')
                {
                    position = text[position..].IndexOf(')') is >= 0 and var close ? position + close + 1 : text.Length + 1;
                }

                break;
            case '*':
                position += Mark(ref stars);
                break;
            case '_':
                position += Mark(ref underscores);
                break;
            case '~':
                position += Mark(ref tildes);
                break;
            default:
                position++;
                break;
        }
    }

    // A run of marks closes open marks after a word, and opens marks before a word.
    private readonly int Mark(ref int open)
    {
        var length = RunLength(position);
        var before = position > 0 ? text[position - 1] : ' ';
        var after = position + length < text.Length ? text[position + length] : ' ';
        if (!char.IsWhiteSpace(before) && open > 0)
        {
            open -= Math.Min(open, length);
        }
        else if (!char.IsWhiteSpace(after) && !(text[position] == '_' && char.IsLetterOrDigit(before)))
        {
            open += length;
        }

        return length;
    }

    private readonly int SkipCode()
    {
        var length = RunLength(position);
        for (var i = position + length; i < text.Length; i++)
        {
            if (text[i] == '`')
            {
                var closing = RunLength(i);
                if (closing == length)
                {
                    return i + closing;
                }

                i += closing - 1;
            }
        }

        return text.Length + 1;
    }

    private readonly int RunLength(int start) => text[start..].IndexOfAnyExcept(text[start]) is > 0 and var run ? run : text.Length - start;
}
