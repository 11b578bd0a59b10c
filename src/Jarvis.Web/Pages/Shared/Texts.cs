using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Pages.Shared;

internal static class Texts
{
    private const string Prefix = "Js.";
    private const string Kinds = "Kind.";

    /// <summary>Returns the texts of the scripts as JSON, which escapes characters that could close the script element.</summary>
    public static IHtmlContent ForScripts(IStringLocalizer<SharedText> texts) =>
        new HtmlString(JsonSerializer.Serialize(texts
            .GetAllStrings(includeParentCultures: true)
            .Where(text => text.Name.StartsWith(Prefix, StringComparison.Ordinal) || text.Name.StartsWith(Kinds, StringComparison.Ordinal))
            .ToDictionary(text => text.Name.StartsWith(Prefix, StringComparison.Ordinal) ? text.Name[Prefix.Length..] : text.Name, text => text.Value)));
}
