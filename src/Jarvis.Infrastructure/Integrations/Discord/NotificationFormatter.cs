using System.Globalization;
using System.Text;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Formats notifications as one message: each headline once with its count, and the first details.</summary>
internal static class NotificationFormatter
{
    private const int MaxLength = 1_900;
    private const int MaxHeadlineLength = 200;
    private const int MaxDetailLength = 120;
    private const int MaxLinkLength = 200;

    // With these limits a headline fits into a message even if the escaping doubles its length.
    private const int MaxDetails = 3;

    public static string Format(IEnumerable<AdminNotification> notifications)
    {
        var text = new StringBuilder();
        var omitted = 0;
        foreach (var group in notifications.GroupBy(notification => notification.Headline))
        {
            var formatted = FormatGroup(group.Key, [.. group]);
            if (text.Length + formatted.Length > MaxLength)
            {
                omitted++;
                continue;
            }

            text.Append(text.Length > 0 ? "\n" : "").Append(formatted);
        }

        return omitted == 0 ? text.ToString() : string.Create(CultureInfo.InvariantCulture, $"{text}\n… and {omitted} other kinds of notifications; see the log.");
    }

    private static string FormatGroup(string headline, IReadOnlyCollection<AdminNotification> notifications)
    {
        var details = notifications.Select(FormatDetail).Where(detail => detail.Length > 0).Distinct().ToList();
        var text = new StringBuilder($"**{Escape(headline, MaxHeadlineLength)}**").Append(notifications.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (×{notifications.Count})") : "");
        foreach (var detail in details.Take(MaxDetails))
        {
            text.Append("\n- ").Append(detail);
        }

        return details.Count > MaxDetails ? text.Append(CultureInfo.InvariantCulture, $"\n- … and {details.Count - MaxDetails} more").ToString() : text.ToString();
    }

    private static string FormatDetail(AdminNotification notification)
    {
        var link = notification.Link is { Scheme: "http" or "https" } address && address.AbsoluteUri.Length <= MaxLinkLength ? $" <{address.AbsoluteUri}>" : "";

        return (Escape(notification.Detail ?? "", MaxDetailLength) + link).TrimStart();
    }

    // Users' texts must not act as Markdown or start a new line.
    private static string Escape(string text, int maxLength)
    {
        var line = text.CollapseWhitespace();
        line = line.Length <= maxLength ? line : line.Truncate(maxLength) + "…";
        var escaped = new StringBuilder(line.Length);
        foreach (var character in line)
        {
            escaped.Append(character is '*' or '_' or '~' or '`' or '|' or '>' or '<' or '[' or ']' or '(' or ')' or '\\' or '#' ? "\\" : "").Append(character);
        }

        return escaped.ToString();
    }
}
