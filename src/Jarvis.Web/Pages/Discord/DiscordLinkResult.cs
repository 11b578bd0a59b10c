using System.Globalization;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Result of linking, as a word in the settings URL, so that a reloaded page shows the same result.</summary>
internal static class DiscordLinkResult
{
    private const string LinkedWord = "linked";
    private const string UnlinkedWord = "unlinked";

    private static readonly Error[] Errors =
    [
        DiscordErrors.LinkingOff, DiscordErrors.LinkRejected, DiscordErrors.LinkDeclined, DiscordErrors.LinkStoreUnavailable, DiscordErrors.CodeRejected,
        DiscordErrors.SecretRejected, DiscordErrors.Unavailable, DiscordErrors.AccountTaken, DiscordErrors.AlreadyLinked,
    ];

    public static RedirectResult Linked { get; } = At(LinkedWord);

    public static RedirectResult Unlinked { get; } = At(UnlinkedWord);

    public static RedirectResult Show(Error error) => error.RetryAfter is { } wait
        ? At(string.Create(CultureInfo.InvariantCulture, $"{error.Code}&wait={Math.Ceiling(wait.TotalSeconds)}"))
        : At(error.Code);

    /// <summary>Returns the resource key of a success message; null for errors and unknown words.</summary>
    public static string? GetText(string? word) => word switch
    {
        LinkedWord => "Settings.DiscordLinked",
        UnlinkedWord => "Settings.DiscordUnlinked",
        _ => null,
    };

    public static Error? GetError(string? word, int? wait) => word == DiscordErrors.RateLimited(default).Code
        ? DiscordErrors.RateLimited(TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 1, 3_600)))
        : Array.Find(Errors, error => error.Code == word);

    private static RedirectResult At(string word) => new($"/settings?discord={word}#discord");
}
