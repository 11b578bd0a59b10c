using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>
/// Posts the answer to an interaction with a deferred response. Replies notify no one and show no link previews. Errors:
/// <see cref="DiscordErrors.RateLimited"/> and <see cref="DiscordErrors.Unavailable"/> are temporary; <see cref="DiscordErrors.InteractionExpired"/>
/// and <see cref="DiscordErrors.ReplyRejected"/> are permanent.
/// </summary>
public interface IDiscordInteractionClient
{
    /// <summary>Replaces “thinking…” with the reply. The call is idempotent.</summary>
    Task<Result> EditOriginalAsync(DiscordReply reply, CancellationToken cancellationToken);

    /// <summary>Sends a follow-up message.</summary>
    Task<Result> FollowUpAsync(DiscordReply reply, CancellationToken cancellationToken);
}

/// <param name="Token">Interaction token, a secret.</param>
/// <param name="Content">1 to 2,000 characters.</param>
/// <param name="IsEphemeral">True if only the user who asked sees the reply.</param>
public sealed record DiscordReply(string ApplicationId, string Token, string Content, bool IsEphemeral)
{
    public override string ToString() => $"Reply of {Content.Length} characters";
}
