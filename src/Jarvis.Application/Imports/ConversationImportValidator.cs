using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Imports;

/// <summary>Validates imported conversations. Create one instance for each file, because external ids are unique within a file.</summary>
internal sealed class ConversationImportValidator(DateTimeOffset now)
{
    /// <summary>A person fixes no more errors at a time.</summary>
    private const int MaxErrors = 20;

    /// <summary>Tolerates wrong clocks and unknown time zones.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromDays(1);

    private readonly HashSet<string> conversations = [];

    /// <summary>Returns the errors by their position in the file; empty for a valid conversation.</summary>
    /// <param name="index">Zero-based position of the conversation.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<Error>> Check(Result<ConversationImportModel> read, int index) =>
        Validate(read, $"conversations[{index}]")
            .Take(MaxErrors)
            .GroupBy(refusal => refusal.Where, refusal => refusal.Why)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Error>)[.. group]);

    private IEnumerable<(string Where, Error Why)> Validate(Result<ConversationImportModel> read, string where)
    {
        if (read.Error is { } unreadable)
        {
            return [(where, unreadable)];
        }

        var conversation = read.Value;

        return [.. ValidateConversation(conversation, where), .. ValidateTurns(conversation.Turns, where)];
    }

    private IEnumerable<(string Where, Error Why)> ValidateConversation(ConversationImportModel conversation, string where)
    {
        if (!IsExternalId(conversation.ExternalId, Conversation.ExternalIdMaxLength))
        {
            yield return ($"{where}.externalId", ImportErrors.ExternalIdInvalid);
        }
        else if (!conversations.Add(conversation.ExternalId!))
        {
            yield return ($"{where}.externalId", ImportErrors.ExternalIdDuplicate);
        }

        if (conversation.Title?.Length > Conversation.TitleMaxLength || !conversation.Title.IsStorable())
        {
            yield return ($"{where}.title", ImportErrors.TitleInvalid);
        }

        if (conversation.CreatedAt is { } createdAt && !IsValidTime(createdAt))
        {
            yield return ($"{where}.createdAt", ImportErrors.TimeInvalid);
        }
    }

    private IEnumerable<(string Where, Error Why)> ValidateTurns(IReadOnlyList<TurnImportModel> turns, string where)
    {
        var ids = new HashSet<string>(turns.Count);
        for (var i = 0; i < turns.Count; i++)
        {
            var (turn, here) = (turns[i], $"{where}.turns[{i}]");
            if (!IsExternalId(turn.ExternalId, Turn.ExternalIdMaxLength))
            {
                yield return ($"{here}.externalId", ImportErrors.ExternalIdInvalid);
            }
            else if (!ids.Add(turn.ExternalId!))
            {
                yield return ($"{here}.externalId", ImportErrors.ExternalIdDuplicate);
            }

            if (ValidatePrompt(turn) is { } prompt)
            {
                yield return ($"{here}.prompt", prompt);
            }

            if (!turn.Response.IsStorable())
            {
                yield return ($"{here}.response", ChatErrors.UnstorablePrompt);
            }

            if (turn.At is not { } at || !IsValidTime(at))
            {
                yield return ($"{here}.at", ImportErrors.TimeInvalid);
            }
        }
    }

    // A chat can start with a message from the assistant.
    private static Error? ValidatePrompt(TurnImportModel turn) => turn.Prompt switch
    {
        var prompt when string.IsNullOrWhiteSpace(prompt) => string.IsNullOrWhiteSpace(turn.Response) ? ImportErrors.PromptEmpty : null,
        { Length: > Turn.PromptMaxLength } => ChatErrors.PromptTooLong,
        var prompt when !prompt.IsStorable() => ChatErrors.UnstorablePrompt,
        _ => null,
    };

    private static bool IsExternalId(string? id, int maxLength) => !string.IsNullOrWhiteSpace(id) && id.Length <= maxLength && id.IsStorable();

    private bool IsValidTime(DateTimeOffset time) => time >= DateTimeOffset.UnixEpoch && time <= now + MaxClockSkew;
}
