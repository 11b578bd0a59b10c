using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>What was said in a conversation so far, in short, and up to where memory has read it.</summary>
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

    /// <summary>How many turns memory has taken in. The watermark: a writer that read another value loses.</summary>
    public int MessageCount { get; private set; }

    public TurnId? LastTurnId { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Something was cut out of it: it is to be written anew from the turns that may still be told.</summary>
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

    /// <summary>Leaves out every sentence that tells what is to be forgotten, be it in other words.</summary>
    public void Forget(ForgottenTextMatcher words)
    {
        var lines = Summary.Split('\n').Select(line => string.Join(' ', SplitSentences(line).Where(sentence => !words.MatchesSentence(sentence))));
        Summary = string.Join('\n', lines.Where(line => line.Length > 0));
        Rebuild = true;
    }

    /// <summary>Written anew; null where the cut one stays.</summary>
    public void IsRebuild(string? summary, DateTimeOffset now)
    {
        Summary = summary ?? Summary;
        Rebuild = false;
        UpdatedAt = now;
    }

    private static string[] SplitSentences(string line) => line.Replace(". ", ".\n", StringComparison.Ordinal).Split('\n');

    // A turn that failed may be retried, and so be read after later ones.
    private TurnId LatestTurn(IReadOnlyList<Turn> turns)
    {
        var latest = turns.Max(turn => turn.Id);

        return LastTurnId > latest ? LastTurnId.Value : latest;
    }
}
