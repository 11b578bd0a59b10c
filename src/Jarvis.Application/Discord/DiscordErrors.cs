using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

public static class DiscordErrors
{
    public static Error LinkingOff { get; } = new(
        ErrorKind.NotFound,
        "discord.linking_off",
        $"You can't link a Discord account here: your administrator hasn't set it up.");

    public static Error InteractionsOff { get; } = new(
        ErrorKind.NotFound,
        "discord.interactions_off",
        $"This Jarvis doesn't accept interactions from Discord: Discord:PublicKey isn't set.");

    public static Error InvalidSignature { get; } = new(
        ErrorKind.Unauthenticated,
        "discord.not_signed",
        $"Invalid or expired Discord signature.");

    public static Error Replayed { get; } = new(ErrorKind.Conflict, "discord.replayed", $"Duplicate interaction.");

    public static Error LinkRejected { get; } = new(
        ErrorKind.Forbidden,
        "discord.link_refused",
        $"This response from Discord doesn't match a link that you started here in the last ten minutes. Nothing was linked: start again in the settings.");

    public static Error LinkDeclined { get; } = new(
        ErrorKind.Conflict,
        "discord.link_declined",
        $"You didn't allow it in Discord, so nothing was linked.");

    public static Error LinkStoreUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "discord.link_store_away",
        $"Linking isn't possible right now because Redis isn't responding. Nothing was linked: try again in a minute.");

    public static Error CodeRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.code_refused",
        $"Discord rejected the authorisation code: it was already used or has expired. Nothing was linked: start again in the settings.");

    public static Error SecretRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.secret_refused",
        $"Discord doesn't recognise this Jarvis: Discord:ClientId and Discord:ClientSecret don't match. Nothing was linked: tell your administrator.");

    public static Error Unavailable { get; } = new(
        ErrorKind.Unavailable,
        "discord.away",
        $"Discord isn't responding right now. Nothing was changed: try again in a minute.");

    public static Error AccountTaken { get; } = new(
        ErrorKind.Conflict,
        "discord.account_taken",
        $"This Discord account belongs to another user here. Nothing was linked: unlink it there first, or sign in to Discord with another account.");

    public static Error AlreadyLinked { get; } = new(
        ErrorKind.Conflict,
        "discord.linked_already",
        $"You've already linked another Discord account. Unlink that one first, then link this one.");

    public static Error InteractionExpired { get; } = new(
        ErrorKind.NotFound,
        "discord.interaction_gone",
        $"Discord no longer accepts a response to this.");

    public static Error ReplyRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.reply_refused",
        $"Discord rejected the response.");

    public static Error CommandsRejected(int status) => new(
        ErrorKind.UpstreamFailed,
        "discord.commands_refused",
        $"Discord rejected the commands ({status}): check Discord:ClientId and Discord:BotToken.");

    public static Error RateLimited(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "discord.too_many",
        $"Discord is rate-limiting Jarvis. Nothing was changed: try again in {Math.Ceiling(wait.TotalSeconds)} s.")
    {
        RetryAfter = wait,
    };
}
