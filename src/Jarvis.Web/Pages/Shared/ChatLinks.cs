using Jarvis.Domain.Common;

namespace Jarvis.Web.Pages.Shared;

internal static class ChatLinks
{
    /// <summary>Returns a link that opens the chat at the turn and highlights it.</summary>
    public static string To(ConversationId conversation, TurnId turn) => $"/chat/{conversation}?turn={turn}#turn-{turn}";
}
