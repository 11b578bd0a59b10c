using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>What was said in a conversation so far, in short, and up to where memory has read it.</summary>
public sealed class ConversationSummary : IOwned
{
    public const int SummaryMaxLength = 8_000;

    /// <summary>Rather a sentence too few in a summary than one that was to be forgotten.</summary>
    private const double ForgottenShare = 0.5;

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

    public static ConversationSummary Of(ConversationId conversation, UserId user, DateTimeOffset now) => new()
    {
        Id = ConversationSummaryId.New(now),
        ConversationId = conversation,
        UserId = user,
        UpdatedAt = now,
    };

    public void Advance(string summary, IReadOnlyList<Turn> turns, DateTimeOffset now)
    {
        Summary = summary;
        MessageCount += turns.Count;
        LastTurnId = LatestOf(turns);
        UpdatedAt = now;
        foreach (var turn in turns)
        {
            turn.Remember(now);
        }
    }

    /// <summary>Leaves out every sentence that tells what is to be forgotten, be it in other words.</summary>
    public void Forget(MemoryItem item)
    {
        var words = WordsOf(item.Content);
        var sentences = Summary.Split('\n').Select(line => string.Join(' ', SentencesOf(line).Where(sentence => !Tells(sentence, words))));
        Summary = string.Join('\n', sentences.Where(line => line.Length > 0));
    }

    private static bool Tells(string sentence, HashSet<string> words)
    {
        var shared = WordsOf(sentence);
        shared.IntersectWith(words);

        return shared.Count > 0 && shared.Count >= words.Count * ForgottenShare;
    }

    private static string[] SentencesOf(string line) => line.Replace(". ", ".\n", StringComparison.Ordinal).Split('\n');

    // Short words are the same in every sentence.
    private static HashSet<string> WordsOf(string text) =>
        [.. text.ToUpperInvariant().Split([.. text.Where(character => !char.IsLetterOrDigit(character))]).Where(word => word.Length > 2)];

    // A turn that failed may be retried, and so be read after later ones.
    private TurnId LatestOf(IReadOnlyList<Turn> turns)
    {
        var latest = turns.Max(turn => turn.Id);

        return LastTurnId > latest ? LastTurnId.Value : latest;
    }
}
