using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Search index entry of a memory item or a turn, which contains its terms.</summary>
internal sealed class SearchDocument : IUserOwned
{
    /// <summary>Version of the tokenizer.</summary>
    public const int CurrentTermsVersion = 2;

    /// <summary>An integer, which keeps the postings small.</summary>
    public long Id { get; set; }

    public UserId UserId { get; set; }

    public TurnId? TurnId { get; set; }

    public MemoryItemId? MemoryItemId { get; set; }

    public string Terms { get; private set; } = "";

    /// <summary>Version of the tokenizer that created the terms. A migration tokenizes documents of earlier versions again.</summary>
    public int TermsVersion { get; private set; }

    public static SearchDocument ForTurn(Turn turn)
    {
        var document = new SearchDocument { UserId = turn.UserId, TurnId = turn.Id };
        document.Index(turn);

        return document;
    }

    public static SearchDocument ForItem(MemoryItem item)
    {
        var document = new SearchDocument { UserId = item.UserId, MemoryItemId = item.Id };
        document.Index(item);

        return document;
    }

    public void Index(Turn turn) => Index(turn.Prompt + (turn is { Response: { } response, Model: not BuiltInModel.Id } ? "\n" + response : ""));

    public void Index(MemoryItem item) => Index(item.Content);

    private void Index(string text)
    {
        Terms = Tokenizer.Tokenize(text);
        TermsVersion = CurrentTermsVersion;
    }
}
