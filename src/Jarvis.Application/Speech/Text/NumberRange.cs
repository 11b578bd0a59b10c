using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>“5–10” is five to ten; “555-1234” is a telephone, and “3-2” a score.</summary>
internal static class NumberRange
{
    public static string Parse(Match range, string to)
    {
        var (first, last) = (range.Groups["from"].Value, range.Groups["to"].Value);
        var rises = int.Parse(first, CultureInfo.InvariantCulture) < int.Parse(last, CultureInfo.InvariantCulture);
        var alike = first.Length == last.Length || (first.Length <= 2 && last.Length <= 3);

        return rises && (range.Groups["dash"].Value != "-" || alike) ? $"{first} {to} {last}" : range.Value;
    }
}
