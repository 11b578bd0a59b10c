using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>What a conversation must be like to be stored. One for each file: within it an external id is used once.</summary>
internal sealed class ImportRules(DateTimeOffset now)
{
    /// <summary>Nobody mends more at a time.</summary>
    private const int MostRefusals = 20;

    /// <summary>Clocks go wrong, and files are written in the time zones of others.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private readonly HashSet<string> conversations = [];

    /// <summary>What is wrong with it, by where it stands in the file; nothing where all is well.</summary>
    /// <param name="index">Of the conversation; the first is 0.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<Error>> Check(Result<ConversationToImport> read, int index) =>
        RefusalsOf(read, $"conversations[{index}]")
            .Take(MostRefusals)
            .GroupBy(refusal => refusal.Where, refusal => refusal.Why)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Error>)[.. group]);

    private IEnumerable<(string Where, Error Why)> RefusalsOf(Result<ConversationToImport> read, string where)
    {
        if (read.Error is { } unreadable)
        {
            return [(where, unreadable)];
        }

        var conversation = read.Value;

        return [.. OfConversation(conversation, where), .. OfTurns(conversation.Turns, where)];
    }

    private IEnumerable<(string Where, Error Why)> OfConversation(ConversationToImport conversation, string where)
    {
        if (!IsExternalId(conversation.ExternalId, Conversation.ExternalIdMaxLength))
        {
            yield return ($"{where}.externalId", ImportErrors.ExternalIdInvalid);
        }
        else if (!conversations.Add(conversation.ExternalId!))
        {
            yield return ($"{where}.externalId", ImportErrors.ExternalIdRepeated);
        }

        if (conversation.Title?.Length > Conversation.TitleMaxLength || !Rules.IsStorable(conversation.Title))
        {
            yield return ($"{where}.title", ImportErrors.TitleInvalid);
        }

        if (conversation.CreatedAt is { } createdAt && !IsTime(createdAt))
        {
            yield return ($"{where}.createdAt", ImportErrors.TimeInvalid);
        }
    }

    private IEnumerable<(string Where, Error Why)> OfTurns(IReadOnlyList<TurnToImport> turns, string where)
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
                yield return ($"{here}.externalId", ImportErrors.ExternalIdRepeated);
            }

            if (PromptRefusal(turn) is { } prompt)
            {
                yield return ($"{here}.prompt", prompt);
            }

            if (!Rules.IsStorable(turn.Response))
            {
                yield return ($"{here}.response", ChatErrors.UnstorablePrompt);
            }

            if (turn.At is not { } at || !IsTime(at))
            {
                yield return ($"{here}.at", ImportErrors.TimeInvalid);
            }
        }
    }

    // A chat may begin with what the other side said.
    private static Error? PromptRefusal(TurnToImport turn) => turn.Prompt switch
    {
        var prompt when string.IsNullOrWhiteSpace(prompt) => string.IsNullOrWhiteSpace(turn.Response) ? ImportErrors.PromptEmpty : null,
        { Length: > Turn.PromptMaxLength } => ChatErrors.PromptTooLong,
        var prompt when !Rules.IsStorable(prompt) => ChatErrors.UnstorablePrompt,
        _ => null,
    };

    private static bool IsExternalId(string? id, int most) => !string.IsNullOrWhiteSpace(id) && id.Length <= most && Rules.IsStorable(id);

    private bool IsTime(DateTimeOffset time) => time >= DateTimeOffset.UnixEpoch && time <= now + Ahead;
}
