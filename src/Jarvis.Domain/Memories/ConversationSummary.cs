using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>Summary of a conversation, and the position up to which memory has processed it.</summary>
public sealed class ConversationSummary : IUserOwned
{
    public const int SummaryMaxLength = 8_000;

    private ConversationSummary()
    {
    }

    public ConversationSummaryId Id { get; private set; }

    public ConversationId ConversationId { get; private set; }

    public UserId UserId { get; private set; }

    public string Summary { get; private set; } = "";

    /// <summary>Number of turns that memory has processed. Also the concurrency token of writers.</summary>
    public int MessageCount { get; private set; }

    public TurnId? LastTurnId { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>A sentence was removed, so the summary has to be rebuilt from the remaining recallable turns.</summary>
    public bool Rebuild { get; private set; }

    public static ConversationSummary Create(ConversationId conversation, UserId user, DateTimeOffset now) => new()
    {
        Id = ConversationSummaryId.New(now),
        ConversationId = conversation,
        UserId = user,
        UpdatedAt = now,
    };

    public void Append(string summary, IReadOnlyList<Turn> turns, DateTimeOffset now)
    {
        Summary = summary;
        MessageCount += turns.Count;
        LastTurnId = LatestTurn(turns);
        UpdatedAt = now;
        foreach (var turn in turns)
        {
            turn.Remember(now);
        }
    }

    /// <summary>Removes every sentence about the forgotten memory, including paraphrases.</summary>
    public void Forget(ForgottenTextMatcher words)
    {
        var lines = Summary.Split('\n').Select(line => string.Join(' ', SplitSentences(line).Where(sentence => !words.MatchesSentence(sentence))));
        Summary = string.Join('\n', lines.Where(line => line.Length > 0));
        Rebuild = true;
    }

    /// <summary>Completes a rebuild.</summary>
    /// <param name="summary">New summary; null to keep the current one.</param>
    public void CompleteRebuild(string? summary, DateTimeOffset now)
    {
        Summary = summary ?? Summary;
        Rebuild = false;
        UpdatedAt = now;
    }

    private static string[] SplitSentences(string line) => line.Replace(". ", ".\n", StringComparison.Ordinal).Split('\n');

    // A retried turn can be processed after later turns.
    private TurnId LatestTurn(IReadOnlyList<Turn> turns)
    {
        var latest = turns.Max(turn => turn.Id);

        return LastTurnId > latest ? LastTurnId.Value : latest;
    }
}
