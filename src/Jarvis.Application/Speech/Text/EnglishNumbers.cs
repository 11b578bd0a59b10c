using System.Globalization;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts numbers to English words.</summary>
internal static class EnglishNumbers
{
    private const long Largest = 999_999_999_999_999;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly (long Size, string Name)[] Scales =
        [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand")];

    private static readonly Dictionary<string, string> Ordinals = new()
    {
        ["one"] = "first", ["two"] = "second", ["three"] = "third", ["five"] = "fifth", ["eight"] = "eighth", ["nine"] = "ninth", ["twelve"] = "twelfth",
    };

    /// <summary>
    /// Converts a number with commas between thousands and a decimal point; null if it isn't a number or is too large to read as
    /// words.
    /// </summary>
    public static string? ToWords(string digits)
    {
        var parts = digits.Replace(",", "", StringComparison.Ordinal).Split('.');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var whole) || whole > Largest)
        {
            return null;
        }

        return parts.Length == 1 ? Cardinal(whole) : $"{Cardinal(whole)} point {string.Join(' ', parts[1].Select(digit => Small[digit - '0']))}";
    }

    public static string Cardinal(long number)
    {
        foreach (var (size, name) in Scales)
        {
            if (number >= size)
            {
                return Join($"{Cardinal(number / size)} {name}", number % size, " ");
            }
        }

        return number switch
        {
            >= 100 => Join(Small[number / 100] + " hundred", number % 100, " "),
            >= 20 => Join(Tens[number / 10], number % 10, "-"),
            _ => Small[number],
        };
    }

    public static string Ordinal(long number)
    {
        var words = Cardinal(number);
        var start = words.LastIndexOfAny([' ', '-']) + 1;
        var last = words[start..];

        return words[..start] + (Ordinals.GetValueOrDefault(last) ?? (last.EndsWith('y') ? last[..^1] + "ieth" : last + "th"));
    }

    private static string Join(string words, long rest, string separator) => rest == 0 ? words : words + separator + Cardinal(rest);
}
