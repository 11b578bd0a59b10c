using System.Reflection;
using System.Text;

namespace Jarvis.Output.Tests;

/// <param name="Name">Name that is reported if the secret is found.</param>
internal sealed record KnownSecret(string Name, string Value)
{
    /// <summary>Secrets defined in <see cref="Secrets"/>.</summary>
    public static IReadOnlyList<KnownSecret> Constants { get; } =
    [
        .. typeof(Secrets).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new KnownSecret(
            field.Name == nameof(Secrets.Marker) ? "a secret of the tests (by its marker)" : field.Name,
            (string)field.GetRawConstantValue()!)),
    ];

    /// <summary>Secrets that <see cref="GeneratedSecrets"/> recorded while the tests ran.</summary>
    public static IEnumerable<KnownSecret> ReadFrom(string file) => File.ReadLines(file)
        .Select(line => line.Split('\t'))
        .Select(parts => new KnownSecret(parts[0], Encoding.UTF8.GetString(Convert.FromBase64String(parts[1]))));

    /// <summary>Forms of the secret in a text: plain, URL and form encoded, in JSON and HTML, hexadecimal, and within base64.</summary>
    public IEnumerable<string> Forms()
    {
        var bytes = Encoding.UTF8.GetBytes(Value);
        string[] whole =
        [
            Value, Uri.EscapeDataString(Value), System.Net.WebUtility.UrlEncode(Value), System.Net.WebUtility.HtmlEncode(Value),
            System.Text.Json.JsonEncodedText.Encode(Value).ToString(), Convert.ToHexStringLower(bytes),
        ];
        var encoded = Enumerable.Range(0, 3).Select(before => WithinBase64(bytes, before)).ToList();

        return whole.Concat(encoded).Concat(encoded.Select(form => form.Replace('+', '-').Replace('/', '_'))).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    // The preceding bytes shift the base64 text by zero, two or four bits; characters shared with neighbours are omitted.
    private static string WithinBase64(byte[] bytes, int before)
    {
        var firstOwn = ((before * 8) + 5) / 6;
        var end = (before + bytes.Length) * 8 / 6;

        return Convert.ToBase64String([.. new byte[before], .. bytes])[firstOwn..end];
    }
}
