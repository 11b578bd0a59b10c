using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Identifier of a job in the keys of the queue: <c>userId:conversationId</c>.</summary>
internal static class JobKey
{
    private const int IdLength = 36;

    public static string From(MemoryJob job) => $"{job.User.Value:D}:{job.Conversation.Value:D}";

    /// <summary>Returns null if the text isn't the identifier of a job.</summary>
    public static MemoryJob? ToJob(string member) =>
        member.Length == (2 * IdLength) + 1
        && member[IdLength] == ':'
        && Guid.TryParseExact(member[..IdLength], "D", out var user)
        && Guid.TryParseExact(member[(IdLength + 1)..], "D", out var conversation)
            ? new MemoryJob(UserId.From(user), ConversationId.From(conversation))
            : null;
}
