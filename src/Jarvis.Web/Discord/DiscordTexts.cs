using System.Globalization;
using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Jarvis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Discord;

/// <summary>What Jarvis itself says in Discord, in the language of whoever it says it to.</summary>
internal sealed class DiscordTexts(IStringLocalizer<SharedText> texts, IErrorText errors)
{
    public static readonly CultureInfo English = new("en");
    public static readonly CultureInfo Polish = new("pl");

    public string this[string name, params object[] arguments] => texts[name, arguments];

    public string Plural(string name, long count) => texts.Plural(name, count);

    public string For(Error error) => errors.For(error);

    public string For(string code, string message, IReadOnlyList<object?> arguments) => errors.For(code, message, arguments);

    /// <summary>As chosen in the settings, or as Discord's own program speaks to them.</summary>
    public static string DetectLanguage(string? chosen, string? locale) =>
        chosen ?? (locale?.StartsWith("pl", StringComparison.OrdinalIgnoreCase) is true ? Polish.Name : English.Name);

    /// <summary>For what the calling asynchronous method does from here on.</summary>
    public static void SetCulture(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language == Polish.Name ? Polish : English;
}
