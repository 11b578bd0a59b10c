using System.Globalization;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Jarvis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Discord;

/// <summary>Texts that Jarvis itself writes in Discord, in the user's language.</summary>
internal sealed class DiscordTexts(IStringLocalizer<SharedText> texts, IErrorText errors) : IDiscordQuestionTexts
{
    public static readonly CultureInfo English = new("en");
    public static readonly CultureInfo Polish = new("pl");

    public string this[string name, params object[] arguments] => texts[name, arguments];

    public string EmptyAnswer => texts["Discord.EmptyAnswer"];

    public string TooLate => texts["Discord.TooLate"];

    public string StillRunning => texts["Discord.TakesLong"];

    public string SeeConversation(string link) => texts["Discord.SeeThere", link];

    public string Truncated(string link) => texts["Discord.Rest", link];

    public string Plural(string name, long count) => texts.Plural(name, count);

    public string For(Error error) => errors.For(error);

    public string For(string code, string message, IReadOnlyList<object?> arguments) => errors.For(code, message, arguments);

    public void UseLanguage(string language) => SetCulture(language);

    /// <summary>Returns the language from the settings, or the language of the Discord client if the user chose none.</summary>
    public static string DetectLanguage(string? chosen, string? locale) =>
        chosen ?? (locale?.StartsWith("pl", StringComparison.OrdinalIgnoreCase) is true ? Polish.Name : English.Name);

    /// <summary>Sets the culture for the rest of the calling asynchronous method.</summary>
    public static void SetCulture(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language == Polish.Name ? Polish : English;
}
