using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Imports;

/// <summary>What a conversation must be like to be stored. One for each file: within it an external id is used once.</summary>
internal sealed class ConversationImportValidator(DateTimeOffset now)
{
    /// <summary>Nobody mends more at a time.</summary>
    private const int MaxErrors = 20;

    /// <summary>Clocks go wrong, and files are written in the time zones of others.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromDays(1);

    private readonly HashSet<string> conversations = [];

    /// <summary>What is wrong with it, by where it stands in the file; nothing where all is well.</summary>
    /// <param name="index">Of the conversation; the first is 0.</param>
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

        if (conversation.Title?.Length > Conversation.TitleMaxLength || !ValidationExtensions.IsStorable(conversation.Title))
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

            if (!ValidationExtensions.IsStorable(turn.Response))
            {
                yield return ($"{here}.response", ChatErrors.UnstorablePrompt);
            }

            if (turn.At is not { } at || !IsValidTime(at))
            {
                yield return ($"{here}.at", ImportErrors.TimeInvalid);
            }
        }
    }

    // A chat may begin with what the other side said.
    private static Error? ValidatePrompt(TurnImportModel turn) => turn.Prompt switch
    {
        var prompt when string.IsNullOrWhiteSpace(prompt) => string.IsNullOrWhiteSpace(turn.Response) ? ImportErrors.PromptEmpty : null,
        { Length: > Turn.PromptMaxLength } => ChatErrors.PromptTooLong,
        var prompt when !ValidationExtensions.IsStorable(prompt) => ChatErrors.UnstorablePrompt,
        _ => null,
    };

    private static bool IsExternalId(string? id, int most) => !string.IsNullOrWhiteSpace(id) && id.Length <= most && ValidationExtensions.IsStorable(id);

    private bool IsValidTime(DateTimeOffset time) => time >= DateTimeOffset.UnixEpoch && time <= now + MaxClockSkew;
}
