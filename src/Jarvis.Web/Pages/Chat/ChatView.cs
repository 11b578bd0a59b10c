using Jarvis.Application.Accounts;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;

namespace Jarvis.Web.Pages.Chat;

/// <summary>What the chat page shows.</summary>
/// <param name="Conversation">Null for one that has not begun.</param>
/// <param name="Chosen">The model that was chosen; null where Jarvis takes the best.</param>
/// <param name="Latest">Whether its newest turns are shown, and not only earlier ones.</param>
internal sealed record ChatView(
    ConversationRow? Conversation,
    IReadOnlyList<TurnView> Turns,
    bool HasEarlier,
    bool Latest,
    IReadOnlyList<ChatModelDescription> Models,
    string? Chosen,
    bool First)
{
    /// <summary>What was written and refused.</summary>
    public string? Prompt { get; init; }

    public Error? Refusal { get; init; }

    /// <summary>What was chosen for a chat that has not begun.</summary>
    public bool WithoutMemory { get; init; }

    /// <summary>How quickly a voice speaks; 1 is its own pace.</summary>
    public float SpeechSpeed { get; init; } = 1;

    /// <summary>What answers where nothing is chosen.</summary>
    public ChatModelDescription? Best => Models.FirstOrDefault(model => model.Available);

    public bool OnlyOffline => Models.All(model => model.Provider == "offline" || (model.Local && !model.Available));
}

/// <summary>One turn as it is shown; without one, the mould that scripts fill.</summary>
internal sealed record TurnView(TurnRow? Turn, string Html, string? Failure)
{
    public static TurnView Template { get; } = new(Turn: null, Html: "", Failure: null);
}
