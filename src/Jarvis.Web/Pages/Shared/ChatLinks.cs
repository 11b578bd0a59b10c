using Jarvis.Domain.Common;

namespace Jarvis.Web.Pages.Shared;

internal static class ChatLinks
{
    /// <summary>Opens the chat at that turn, however far up it lies, and marks it.</summary>
    public static string To(ConversationId conversation, TurnId turn) => $"/chat/{conversation}?turn={turn}#turn-{turn}";
}
