using System.Globalization;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Jarvis.Web.Pages.Discord;

/// <summary>What came of linking, as a word in the address of the settings: a page that is loaded again says the same again.</summary>
internal static class DiscordOutcome
{
    private const string LinkedWord = "linked";
    private const string UnlinkedWord = "unlinked";

    private static readonly Error[] Refusals =
    [
        DiscordErrors.LinkingOff, DiscordErrors.LinkRefused, DiscordErrors.LinkDeclined, DiscordErrors.LinkStoreAway, DiscordErrors.CodeRefused,
        DiscordErrors.SecretRefused, DiscordErrors.Away, DiscordErrors.AccountTaken, DiscordErrors.LinkedAlready,
    ];

    public static RedirectResult Linked { get; } = At(LinkedWord);

    public static RedirectResult Unlinked { get; } = At(UnlinkedWord);

    public static RedirectResult Show(Error refusal) => refusal.RetryAfter is { } wait
        ? At(string.Create(CultureInfo.InvariantCulture, $"{refusal.Code}&wait={Math.Ceiling(wait.TotalSeconds)}"))
        : At(refusal.Code);

    /// <summary>The name of the sentence; null for a refusal, and for words that nobody here wrote.</summary>
    public static string? TextOf(string? word) => word switch
    {
        LinkedWord => "Settings.DiscordLinked",
        UnlinkedWord => "Settings.DiscordUnlinked",
        _ => null,
    };

    public static Error? RefusalOf(string? word, int? wait) => word == DiscordErrors.TooMany(default).Code
        ? DiscordErrors.TooMany(TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 1, 3_600)))
        : Array.Find(Refusals, refusal => refusal.Code == word);

    private static RedirectResult At(string word) => new($"/settings?discord={word}#discord");
}
