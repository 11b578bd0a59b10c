using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Imports;

public static class ImportErrors
{
    public static Error Running { get; } = new(
        ErrorKind.Conflict,
        "import.running",
        $"You already have an import running. Wait until it's done; if it was interrupted, try again in a minute.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };

    public static Error ExternalIdInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.external_id_invalid",
        $"An externalId of 1 to {Conversation.ExternalIdMaxLength} characters is required.");

    public static Error ExternalIdDuplicate { get; } = new(
        ErrorKind.Invalid,
        "import.external_id_repeated",
        $"This externalId already appears in the file; each must be unique.");

    public static Error TitleInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.title_invalid",
        $"A title can have up to {Conversation.TitleMaxLength} characters of text.");

    public static Error PromptEmpty { get; } = new(ErrorKind.Invalid, "import.prompt_empty", $"A turn needs a prompt (what the person said) or at least a response.");

    public static Error TimeInvalid { get; } = new(
        ErrorKind.Invalid,
        "import.time_invalid",
        $"A time must look like 2026-05-01T12:00:00Z, after 1970 and not in the future.");

    public static Error TurnsMissing { get; } = new(ErrorKind.Invalid, "import.turns_missing", $"A conversation needs a list of turns.");

    public static Error Malformed { get; } = new(
        ErrorKind.Invalid,
        "import.file_malformed",
        $"The file is damaged or incomplete: it isn't valid JSON from here on. Export or download it again.");

    public static Error NotRecognized { get; } = new(
        ErrorKind.Invalid,
        "import.file_not_recognized",
        $"This is neither ChatGPT's conversations.json nor a Jarvis file. From ChatGPT, choose the exported zip file or the conversations.json in it.");

    public static Error WrongFormat { get; } = new(
        ErrorKind.Invalid,
        "import.file_other_format",
        $"This conversation isn't in the format given for the file. Give the other format, or leave it out.");

    public static Error FormatUnknown { get; } = new(ErrorKind.Invalid, "import.format_unknown", $"The format must be jarvis or chatgpt.");

    public static Error FileMissing { get; } = new(ErrorKind.Invalid, "import.file_missing", $"Choose a file first.");

    public static Error ZipWithoutConversations { get; } = new(
        ErrorKind.Invalid,
        "import.zip_without_conversations",
        $"This zip file doesn't contain conversations.json. From ChatGPT, choose the zip file from the e-mail without unpacking it.");

    public static Error ConversationTooLarge(int megabytes) => new(
        ErrorKind.Invalid,
        "import.conversation_too_large",
        $"One conversation is larger than {megabytes} MB. Your administrator can raise Import:MaxConversationBytes.");

    public static Error FileTooLarge(long megabytes) => new(
        ErrorKind.Invalid,
        "import.file_too_large",
        $"The file's contents are larger than {megabytes} MB. Your administrator can raise Import:MaxFileBytes.");

    /// <param name="progress">Progress up to the invalid conversation.</param>
    public static Error Stopped(ImportProgress progress, IReadOnlyDictionary<string, IReadOnlyList<Error>> fields) => new(
        ErrorKind.Invalid,
        "import.stopped",
        $"The import stopped at conversation {progress.Conversations + 1} of the file. Everything before it is saved (conversations: {progress.Conversations}, new messages: {progress.Imported}). Fix the file and upload it again: what is already here is skipped.")
    {
        Fields = fields,
    };
}
