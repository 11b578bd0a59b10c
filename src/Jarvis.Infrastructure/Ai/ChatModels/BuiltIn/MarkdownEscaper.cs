using System.Text;
using System.Text.RegularExpressions;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;

/// <summary>
/// Escapes untrusted text for Markdown: the result is one line without markup, HTML, links, or characters that change the direction
/// of the following text.
/// </summary>
internal static partial class MarkdownEscaper
{
    private const int MaxLength = 300;

    public static string Escape(string text)
    {
        var line = Unprintable.Replace(Blank.Replace(text, " "), "").Trim();
        if (line.Length > MaxLength)
        {
            line = line.Truncate(MaxLength).TrimEnd() + "…";
        }

        var escaped = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            if (IsMarkup(line, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        return escaped.ToString();
    }

    // Escapes punctuation only where Markdown gives it a meaning, because people also read the raw text.
    private static bool IsMarkup(string line, int i) => line[i] switch
    {
        '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '^' or '{' or '}' or '$' or '&' or '#' or '@' => true,
        '=' or '+' or '"' or '-' => i + 1 < line.Length && line[i + 1] == line[i],
        ':' => i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1]) && !char.IsAsciiDigit(line[i + 1]),
        '.' => i >= 3 && line.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank { get; }

    // Control characters, and the characters that embed, override or isolate a text direction.
    [GeneratedRegex(@"[\p{Cc}\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Unprintable { get; }
}
