using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

public static class ChatErrors
{
    public static Error EmptyPrompt { get; } = new(ErrorKind.Invalid, "chat.prompt_empty", $"Write something first.");

    public static Error PromptTooLong { get; } =
        new(ErrorKind.Invalid, "chat.prompt_too_long", $"A message has at most {Turn.PromptMaxLength} characters. Shorten it or send it in parts.");

    public static Error UnstorablePrompt { get; } = new(
        ErrorKind.Invalid,
        "chat.prompt_invalid_text",
        $"The message contains a character that is no text (a NUL, or half of a character). Remove it and send again.");

    public static Error ConversationNotFound { get; } =
        new(ErrorKind.NotFound, "chat.conversation_not_found", $"There is no such conversation.");

    public static Error MemoryAlreadyChosen { get; } = new(
        ErrorKind.Conflict,
        "chat.memory_chosen",
        $"Whether a chat has memory is chosen with its first message and stays so. Begin a new chat.");

    public static Error TurnNotFound { get; } = new(ErrorKind.NotFound, "chat.turn_not_found", $"There is no such message.");

    public static Error TurnNotFailed { get; } =
        new(ErrorKind.Conflict, "chat.turn_not_failed", $"Only a message that failed can be tried again.");

    public static Error TitleInvalid { get; } = new(
        ErrorKind.Invalid,
        "chat.title_invalid",
        $"A title has 1 to {Conversation.TitleMaxLength} characters.");

    public static Error Stopped { get; } =
        new(ErrorKind.Unavailable, "chat.stopped", $"The answer was stopped before it began. Your message is saved.");

    public static Error Abandoned { get; } = new(
        ErrorKind.Unavailable,
        "chat.abandoned",
        $"Jarvis was stopped while it answered. Your message is saved: try again.");

    public static Error Unexpected { get; } = new(
        ErrorKind.UpstreamFailed,
        "chat.unexpected",
        $"Something went wrong while answering. Your message is saved: try again.");

    public static Error NotStored { get; } = new(
        ErrorKind.Unavailable,
        "chat.answer_not_stored",
        $"The answer could not be stored yet because the database does not respond. Jarvis keeps trying: look again in a moment.");

    public static Error UnknownModel(string id) => new(
        ErrorKind.Invalid,
        "chat.model_unknown",
        $"The model “{id}” is not there any more. Choose another one in the settings.");
}
