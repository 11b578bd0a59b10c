using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts a range: “5–10” becomes “5 to 10”. “555-1234” is a telephone number and “3-2” a score; both stay.</summary>
internal static class NumberRange
{
    public static string Parse(Match range, string to)
    {
        var (first, last) = (range.Groups["from"].Value, range.Groups["to"].Value);
        var isAscending = int.Parse(first, CultureInfo.InvariantCulture) < int.Parse(last, CultureInfo.InvariantCulture);
        var hasSimilarLength = first.Length == last.Length || (first.Length <= 2 && last.Length <= 3);

        return isAscending && (range.Groups["dash"].Value != "-" || hasSimilarLength) ? $"{first} {to} {last}" : range.Value;
    }
}
