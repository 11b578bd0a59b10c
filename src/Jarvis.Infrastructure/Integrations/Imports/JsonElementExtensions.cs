using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Reads values from untrusted JSON. A value of an unexpected type counts as missing.</summary>
internal static class JsonElementExtensions
{
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static JsonElement? Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Property(this JsonElement? element, string name) => element?.Property(name);

    public static bool Is(this JsonElement? element, JsonValueKind kind) => element?.ValueKind == kind;

    public static IEnumerable<JsonElement> Items(this JsonElement? element) => element.Is(JsonValueKind.Array) ? element!.Value.EnumerateArray() : [];

    /// <summary>Returns the text unchanged. A text with an invalid surrogate becomes a lone surrogate, which every validator rejects.</summary>
    public static string? Text(this JsonElement? element)
    {
        if (!element.Is(JsonValueKind.String))
        {
            return null;
        }

        try
        {
            return element!.Value.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\uD800";
        }
    }

    /// <summary>Returns the text with a replacement for characters that can't be stored, because users can't correct the file.</summary>
    public static string? SanitizedText(this JsonElement? element)
    {
        if (!element.Is(JsonValueKind.String))
        {
            return null;
        }

        try
        {
            return Sanitize(element!.Value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Sanitize(Unescape(element!.Value.GetRawText()));
        }
    }

    /// <summary>Parses ISO 8601, by default in UTC. An invalid value becomes the minimum time, which every validator rejects.</summary>
    public static DateTimeOffset? Time(this JsonElement? element)
    {
        if (element is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(element.Text(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.MinValue;
    }

    /// <summary>Parses seconds since 1970; null if the time isn't between then and <paramref name="latest"/>.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement? element, DateTimeOffset latest) =>
        element.Is(JsonValueKind.Number)
        && element!.Value.TryGetDouble(out var seconds)
        && seconds > 0
        && seconds <= (latest - DateTimeOffset.UnixEpoch).TotalSeconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static string Sanitize(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var sanitized = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            sanitized.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return sanitized.ToString();
    }

    // Unescapes a JSON string that GetString rejects, and leaves lone surrogates in it.
    private static string Unescape(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }

            i++;
            text.Append(quoted[i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var plain => plain,
            });
            i += quoted[i] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }
}
