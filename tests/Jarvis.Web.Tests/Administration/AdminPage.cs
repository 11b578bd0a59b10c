using System.Net;
using System.Text.RegularExpressions;

namespace Jarvis.Web.Tests.Administration;

/// <summary>The administrator's page as text.</summary>
internal static partial class AdminPage
{
    public static async Task<string> ReadAsync(JarvisClient person) => WebUtility.HtmlDecode(await person.Http.GetStringAsync("/admin"));

    /// <summary>Waits until a system has this state and returns its row.</summary>
    public static async Task<string> UntilAsync(JarvisClient administrator, string system, string state)
    {
        var row = await JarvisClient.UntilAsync(() => RowAsync(administrator, system), row => row.Contains($"data-state=\"{state}\"", StringComparison.Ordinal));

        return Markup.Replace(row, " ");
    }

    public static async Task<string> RowAsync(JarvisClient administrator, string system) =>
        Regex.Match(await ReadAsync(administrator), $"""<li class="row" id="system-{system}".*?</li>""", RegexOptions.Singleline).Value;

    [GeneratedRegex(@"<[^>]+>\s*|\s+")]
    private static partial Regex Markup { get; }
}
