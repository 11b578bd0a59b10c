using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>What a job is called in the books: <c>userId:conversationId</c>.</summary>
internal static class JobKey
{
    private const int IdLength = 36;

    public static string From(MemoryJob job) => $"{job.User.Value:D}:{job.Conversation.Value:D}";

    /// <summary>Null for what is no job's name.</summary>
    public static MemoryJob? ToJob(string member) =>
        member.Length == (2 * IdLength) + 1
        && member[IdLength] == ':'
        && Guid.TryParseExact(member[..IdLength], "D", out var user)
        && Guid.TryParseExact(member[(IdLength + 1)..], "D", out var conversation)
            ? new MemoryJob(UserId.From(user), ConversationId.From(conversation))
            : null;
}
