using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>
/// Answers what Discord was promised an answer to. Nothing in them mentions anybody or shows a preview. Refusals:
/// <see cref="DiscordErrors.RateLimited"/> and <see cref="DiscordErrors.Unavailable"/> may pass; <see cref="DiscordErrors.InteractionExpired"/>
/// and <see cref="DiscordErrors.ReplyRejected"/> do not.
/// </summary>
public interface IDiscordInteractionClient
{
    /// <summary>In the place of “thinking…”. Doing it twice changes nothing.</summary>
    Task<Result> EditOriginalAsync(DiscordReply reply, CancellationToken cancellationToken);

    /// <summary>After that.</summary>
    Task<Result> FollowUpAsync(DiscordReply reply, CancellationToken cancellationToken);
}

/// <param name="Token">Secret.</param>
/// <param name="Content">1 to 2,000 characters.</param>
/// <param name="IsEphemeral">Whether only the person sees it, who asked where others are.</param>
public sealed record DiscordReply(string ApplicationId, string Token, string Content, bool IsEphemeral)
{
    public override string ToString() => $"Reply of {Content.Length} characters";
}
