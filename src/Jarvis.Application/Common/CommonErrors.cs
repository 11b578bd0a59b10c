using Jarvis.Domain.Common;

namespace Jarvis.Application.Common;

/// <summary>Errors that several features share.</summary>
internal static class CommonErrors
{
    public static Error ConversationNotFound { get; } =
        new(ErrorKind.NotFound, "chat.conversation_not_found", $"This chat doesn't exist.");
}
