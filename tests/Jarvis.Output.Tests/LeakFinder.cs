using System.Buffers;
using System.Text.RegularExpressions;

namespace Jarvis.Output.Tests;

/// <summary>Searches for all known secrets at once, ignoring case, and for texts with the form of Jarvis's secrets.</summary>
internal sealed partial class LeakFinder
{
    // Long enough for few false candidates; whole secrets of a run would take a hundred megabytes.
    private const int PrefixLength = 12;

    private static readonly string MarkerName = KnownSecret.Constants.Single(secret => secret.Value == Secrets.Marker).Name;

    private static readonly (string Name, Regex Form)[] FormsOfJarvis =
    [
        ("a personal access token", AccessToken),
        ("a session, a form's token or something else that data protection sealed", Sealed),
        ("the key of a session", SessionKey),
    ];

    private readonly ILookup<string, (string Name, string Form)> byPrefix;
    private readonly SearchValues<string> prefixes;
    private readonly int[] lengths;

    public LeakFinder(IEnumerable<KnownSecret> secrets)
    {
        byPrefix = secrets
            .SelectMany(secret => secret.Forms(), (secret, form) => (secret.Name, Form: form))
            .ToLookup(known => PrefixOf(known.Form), StringComparer.OrdinalIgnoreCase);
        lengths = [.. byPrefix.Select(group => group.Key.Length).Distinct()];
        prefixes = SearchValues.Create([.. byPrefix.Select(group => group.Key)], StringComparison.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Leak> In(string text)
    {
        var found = Known(text).Concat(FindFormats(text)).ToList();
        if (found.Count == 0)
        {
            return [];
        }

        var lines = new LineNumbers(text);

        // Every test secret contains the marker; a found secret name is more precise.
        return
        [
            .. found
                .Select(hit => new Leak(lines.At(hit.Index), hit.Name))
                .Distinct()
                .GroupBy(leak => leak.Line)
                .OrderBy(line => line.Key)
                .SelectMany(line => line.Count() == 1 ? line : line.Where(leak => leak.Secret != MarkerName)),
        ];
    }

    private IEnumerable<(int Index, string Name)> Known(string text)
    {
        for (var index = 0; text.AsSpan(index).IndexOfAny(prefixes) is var next and >= 0; index++)
        {
            index += next;
            foreach (var (name, form) in lengths.Where(length => index + length <= text.Length).SelectMany(length => byPrefix[text.Substring(index, length)]))
            {
                if (string.Compare(text, index, form, 0, form.Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    yield return (index, name);
                }
            }
        }
    }

    private static IEnumerable<(int Index, string Name)> FindFormats(string text) =>
        FormsOfJarvis.SelectMany(known => known.Form.Matches(text), (known, match) => (match.Index, known.Name));

    private static string PrefixOf(string form) => form[..Math.Min(PrefixLength, form.Length)];

    [GeneratedRegex("jrv_[A-Za-z0-9_-]{43}")]
    private static partial Regex AccessToken { get; }

    // 09 F0 C9 F0, the prefix of all data that ASP.NET Core's data protection creates.
    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]{30}")]
    private static partial Regex Sealed { get; }

    [GeneratedRegex("jarvis:session:[A-Za-z0-9_-]{20}")]
    private static partial Regex SessionKey { get; }
}
