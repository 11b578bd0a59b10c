using Jarvis.Application.Accounts;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;

namespace Jarvis.Web.Pages.Chat;

/// <summary>Data of the chat page.</summary>
/// <param name="Conversation">Conversation; null for a new chat.</param>
/// <param name="Chosen">Model from the settings; null for the best available one.</param>
/// <param name="Latest">True if the page shows the newest turns, not only earlier ones.</param>
internal sealed record ChatView(
    ConversationRow? Conversation,
    IReadOnlyList<TurnView> Turns,
    bool HasEarlier,
    bool Latest,
    IReadOnlyList<ChatModelDescription> Models,
    string? Chosen,
    bool First)
{
    /// <summary>Rejected message, to show it again.</summary>
    public string? Prompt { get; init; }

    public Error? Error { get; init; }

    /// <summary>True if a new chat is temporary, without memory.</summary>
    public bool WithoutMemory { get; init; }

    /// <summary>Speed of the voice; 1 is its normal speed.</summary>
    public float SpeechSpeed { get; init; } = 1;

    /// <summary>Model that answers if the user chose none.</summary>
    public ChatModelDescription? Best => Models.FirstOrDefault(model => model.Available);

    public bool OnlyOffline => Models.All(model => model.Provider == "offline" || (model.Local && !model.Available));
}

/// <summary>One turn on the page; without a turn, the template that scripts fill.</summary>
internal sealed record TurnView(TurnRow? Turn, string Html, string? Failure)
{
    public static TurnView Template { get; } = new(Turn: null, Html: "", Failure: null);
}
