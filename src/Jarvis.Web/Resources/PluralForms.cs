using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Resources;

/// <summary>
/// Plural forms of texts that depend on a whole number, by the categories of Unicode CLDR. Such a text X has the keys X.one and X.other,
/// and in Polish also X.few and X.many. Scripts choose among the same keys with Intl.PluralRules.
/// </summary>
internal static class PluralForms
{
    /// <summary>Returns the form of the text for the count, which fills {0}; further arguments follow from {1}.</summary>
    public static LocalizedString Plural(this IStringLocalizer texts, string name, long count, params object[] arguments) =>
        texts[$"{name}.{GetCategory(count, CultureInfo.CurrentUICulture)}", [count, .. arguments]];

    /// <summary>Returns the CLDR category of the count in the language of the culture.</summary>
    public static string GetCategory(long count, CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        _ when count == 1 => "one",
        "pl" when count % 10 is >= 2 and <= 4 && count % 100 is not (>= 12 and <= 14) => "few",
        "pl" => "many",
        _ => "other",
    };
}
