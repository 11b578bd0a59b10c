using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

public static class ImportErrors
{
    public static Error Running { get; } = new(
        ErrorKind.Conflict,
        "import.running",
        $"An import of yours is running already. Wait until it is done; if it was broken off, try again in a minute.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    public static Error ExternalIdInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.external_id_invalid",
        $"It needs an externalId of 1 to {Conversation.ExternalIdMaxLength} characters.");

    public static Error ExternalIdDuplicate { get; } = new(
        ErrorKind.Invalid,
        "import.external_id_repeated",
        $"This externalId stands in the file before already; each is used once.");

    public static Error TitleInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.title_invalid",
        $"A title has at most {Conversation.TitleMaxLength} characters of text.");

    public static Error PromptEmpty { get; } = new(ErrorKind.Invalid, "import.prompt_empty", $"A turn needs a prompt, what the person said, or at least a response.");

    public static Error TimeInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.time_invalid",
        $"A time is written like 2026-05-01T12:00:00Z, and lies after 1970 and not in the future.");

    public static Error TurnsMissing { get; } = new(ErrorKind.Invalid, "import.turns_missing", $"A conversation needs its turns, as a list.");

    public static Error Malformed { get; } = new(
        ErrorKind.Invalid,
        "import.file_malformed",
        $"The file is damaged or ends too early here: it is no valid JSON from here on. Export or download it once more.");

    public static Error NotRecognized { get; } = new(
        ErrorKind.Invalid,
        "import.file_not_recognized",
        $"This is neither ChatGPT's conversations.json nor a file of Jarvis's own. From ChatGPT, choose the zip file of the export or the conversations.json in it.");

    public static Error WrongFormat { get; } = new(
        ErrorKind.Invalid,
        "import.file_other_format",
        $"This conversation is not of the format that the file is said to have. Name the other format, or none.");

    public static Error FormatUnknown { get; } = new(ErrorKind.Invalid, "import.format_unknown", $"The format is jarvis or chatgpt.");

    public static Error FileMissing { get; } = new(ErrorKind.Invalid, "import.file_missing", $"Choose a file first.");

    public static Error ZipWithoutConversations { get; } = new(
        ErrorKind.Invalid,
        "import.zip_without_conversations",
        $"There is no conversations.json in this zip file. From ChatGPT, choose the file that came by mail as it is.");

    public static Error ConversationTooLarge(int megabytes) => new(
        ErrorKind.Invalid,
        "import.conversation_too_large",
        $"One conversation takes more than {megabytes} MB. Whoever runs this Jarvis can raise Import:MaxConversationBytes.");

    public static Error FileTooLarge(long megabytes) => new(
        ErrorKind.Invalid,
        "import.file_too_large",
        $"What is in the file takes more than {megabytes} MB. Whoever runs this Jarvis can raise Import:MaxFileBytes.");

    /// <param name="progress">Up to the conversation at which it stopped.</param>
    public static Error Stopped(ImportProgress progress, IReadOnlyDictionary<string, IReadOnlyList<Error>> fields) => new(
        ErrorKind.Invalid,
        "import.stopped",
        $"The import stopped at conversation {progress.Conversations + 1} of the file. What came before it is kept (conversations: {progress.Conversations}, new messages: {progress.Imported}). Mend the file and send it again: what is there already is skipped.")
    {
        Fields = fields,
    };
}
