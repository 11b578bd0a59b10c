using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.ChatModels;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>What search reads of a memory item, or of a turn: its terms, as <see cref="Terms"/> cuts them.</summary>
internal sealed class SearchDocument : IUserOwned
{
    public const int CurrentTerms = 2;

    /// <summary>An integer, because a full-text index of SQLite points to rows by one.</summary>
    public long Id { get; set; }

    public UserId UserId { get; set; }

    public TurnId? TurnId { get; set; }

    public MemoryItemId? MemoryItemId { get; set; }

    public string Terms { get; private set; } = "";

    /// <summary>Which way of cutting terms made them: documents of an earlier one are cut again when the database is migrated.</summary>
    public int TermsVersion { get; private set; }

    public static SearchDocument ForTurn(Turn turn)
    {
        var document = new SearchDocument { UserId = turn.UserId, TurnId = turn.Id };
        document.Index(turn);

        return document;
    }

    public static SearchDocument ForTurn(MemoryItem item)
    {
        var document = new SearchDocument { UserId = item.UserId, MemoryItemId = item.Id };
        document.Index(item);

        return document;
    }

    public void Index(Turn turn) => Index(turn.Prompt + (turn is { Response: { } response, Model: not BuiltInChatModel.Id } ? "\n" + response : ""));

    public void Index(MemoryItem item) => Index(item.Content);

    private void Index(string text)
    {
        Terms = Search.Tokenizer.Tokenize(text);
        TermsVersion = CurrentTerms;
    }
}
