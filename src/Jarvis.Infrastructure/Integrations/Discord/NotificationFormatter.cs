using System.Globalization;
using System.Text;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Many notices as one message: each headline once, with how often, and as many details as there is room for.</summary>
internal static class NotificationFormatter
{
    private const int MaxLength = 1_900;
    private const int MaxHeadlineLength = 200;
    private const int MaxDetailLength = 120;
    private const int MaxLinkLength = 200;

    /// <summary>Twice as long with all marks made plain, and still no longer than a message.</summary>
    private const int MaxDetails = 3;

    public static string Format(IEnumerable<AdminNotification> notices)
    {
        var text = new StringBuilder();
        var left = 0;
        foreach (var same in notices.GroupBy(notice => notice.Headline))
        {
            var told = FormatOne(same.Key, [.. same]);
            if (text.Length + told.Length > MaxLength)
            {
                left++;
                continue;
            }

            text.Append(text.Length > 0 ? "\n" : "").Append(told);
        }

        return left == 0 ? text.ToString() : string.Create(CultureInfo.InvariantCulture, $"{text}\n… and {left} other kinds of notifications; see the log.");
    }

    private static string FormatOne(string headline, IReadOnlyCollection<AdminNotification> notices)
    {
        var details = notices.Select(Detail).Where(detail => detail.Length > 0).Distinct().ToList();
        var text = new StringBuilder($"**{Escape(headline, MaxHeadlineLength)}**").Append(notices.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (×{notices.Count})") : "");
        foreach (var detail in details.Take(MaxDetails))
        {
            text.Append("\n- ").Append(detail);
        }

        return details.Count > MaxDetails ? text.Append(CultureInfo.InvariantCulture, $"\n- … and {details.Count - MaxDetails} more").ToString() : text.ToString();
    }

    private static string Detail(AdminNotification notice)
    {
        var link = notice.Link is { Scheme: "http" or "https" } address && address.AbsoluteUri.Length <= MaxLinkLength ? $" <{address.AbsoluteUri}>" : "";

        return (Escape(notice.Detail ?? "", MaxDetailLength) + link).TrimStart();
    }

    // People's own text is text: no marks of Markdown in it count, and it stays on its line.
    private static string Escape(string text, int longest)
    {
        var line = text.CollapseWhitespace();
        line = line.Length <= longest ? line : line.Truncate(longest) + "…";
        var plain = new StringBuilder(line.Length);
        foreach (var character in line)
        {
            plain.Append(character is '*' or '_' or '~' or '`' or '|' or '>' or '<' or '[' or ']' or '(' or ')' or '\\' or '#' ? "\\" : "").Append(character);
        }

        return plain.ToString();
    }
}
