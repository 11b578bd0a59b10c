using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

public static class DiscordErrors
{
    public static Error LinkingOff { get; } = new(
        ErrorKind.NotFound,
        "discord.linking_off",
        $"Accounts of Discord cannot be linked here: whoever runs this Jarvis has not set it up.");

    public static Error InteractionsOff { get; } = new(
        ErrorKind.NotFound,
        "discord.interactions_off",
        $"This Jarvis takes nothing from Discord: Discord:PublicKey is not set.");

    public static Error InvalidSignature { get; } = new(
        ErrorKind.Unauthenticated,
        "discord.not_signed",
        $"This does not bear Discord's signature, or is older than five minutes.");

    public static Error Replayed { get; } = new(ErrorKind.Conflict, "discord.replayed", $"This came once already, and counts once.");

    public static Error LinkRejected { get; } = new(
        ErrorKind.Forbidden,
        "discord.link_refused",
        $"This answer from Discord does not belong to a link that you began here in the last ten minutes. Nothing was linked: begin again in the settings.");

    public static Error LinkDeclined { get; } = new(
        ErrorKind.Conflict,
        "discord.link_declined",
        $"You did not allow it at Discord, and nothing was linked.");

    public static Error LinkStoreUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "discord.link_store_away",
        $"Linking cannot be done at the moment, because Redis does not answer. Nothing was linked: try again in a minute.");

    public static Error CodeRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.code_refused",
        $"Discord did not accept its own answer: it was used already, or took too long. Nothing was linked: begin again in the settings.");

    public static Error SecretRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.secret_refused",
        $"Discord does not know this Jarvis: Discord:ClientId and Discord:ClientSecret do not fit together. Nothing was linked: tell whoever runs it.");

    public static Error Unavailable { get; } = new(
        ErrorKind.Unavailable,
        "discord.away",
        $"Discord does not answer at the moment. Nothing was changed: try again in a minute.");

    public static Error AccountTaken { get; } = new(
        ErrorKind.Conflict,
        "discord.account_taken",
        $"This account of Discord belongs to somebody else here. Nothing was linked: unlink it there first, or sign in to Discord with another one.");

    public static Error AlreadyLinked { get; } = new(
        ErrorKind.Conflict,
        "discord.linked_already",
        $"You have linked another account of Discord. Unlink that one first, then link this one.");

    public static Error InteractionExpired { get; } = new(
        ErrorKind.NotFound,
        "discord.interaction_gone",
        $"Discord takes no answer to this any more.");

    public static Error ReplyRejected { get; } = new(
        ErrorKind.UpstreamFailed,
        "discord.reply_refused",
        $"Discord did not take the answer.");

    public static Error CommandsRejected(int status) => new(
        ErrorKind.UpstreamFailed,
        "discord.commands_refused",
        $"Discord did not take the commands ({status}): check Discord:ClientId and Discord:BotToken.");

    public static Error RateLimited(TimeSpan wait) => new(
        ErrorKind.LimitReached,
        "discord.too_many",
        $"Discord takes nothing more from this Jarvis for {Math.Ceiling(wait.TotalSeconds)} s. Nothing was changed: try again then.")
    {
        RetryAfter = wait,
    };
}
