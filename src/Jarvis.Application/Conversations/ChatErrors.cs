using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

public static class ChatErrors
{
    public static Error EmptyPrompt { get; } = new(ErrorKind.Invalid, "chat.prompt_empty", $"Write something first.");

    public static Error PromptTooLong { get; } =
        new(ErrorKind.Invalid, "chat.prompt_too_long", $"A message can have up to {Turn.PromptMaxLength} characters. Shorten it or send it in parts.");

    public static Error UnstorablePrompt { get; } = new(
        ErrorKind.Invalid,
        "chat.prompt_invalid_text",
        $"The message contains an invalid character (NUL or an unpaired surrogate). Remove it and send the message again.");

    public static Error MemoryAlreadyChosen { get; } = new(
        ErrorKind.Conflict,
        "chat.memory_chosen",
        $"You can't turn memory on or off after the first message. Start a new chat.");

    public static Error TurnNotFound { get; } = new(ErrorKind.NotFound, "chat.turn_not_found", $"This message doesn't exist.");

    public static Error TurnNotFailed { get; } =
        new(ErrorKind.Conflict, "chat.turn_not_failed", $"Only a failed message can be retried.");

    public static Error TitleInvalid { get; } = new(
        ErrorKind.Invalid,
        "chat.title_invalid",
        $"A title must have 1 to {Conversation.TitleMaxLength} characters.");

    public static Error Stopped { get; } =
        new(ErrorKind.Unavailable, "chat.stopped", $"The answer was stopped before it started. Your message is saved.");

    public static Error Abandoned { get; } = new(
        ErrorKind.Unavailable,
        "chat.abandoned",
        $"Jarvis was stopped while answering. Your message is saved: try again.");

    public static Error Unexpected { get; } = new(
        ErrorKind.UpstreamFailed,
        "chat.unexpected",
        $"Something went wrong while answering. Your message is saved: try again.");

    public static Error NotStored { get; } = new(
        ErrorKind.Unavailable,
        "chat.answer_not_stored",
        $"The answer couldn't be saved yet because the database isn't responding. Jarvis keeps trying: check back in a moment.");

    public static Error UnknownModel(string id) => new(
        ErrorKind.Invalid,
        "chat.model_unknown",
        $"The model “{id}” is no longer available. Choose another one in the settings.");
}
