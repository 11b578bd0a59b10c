using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

public sealed class Conversation : IUserOwned
{
    public const int TitleMaxLength = 120;
    public const int ExternalIdMaxLength = 200;
    private const int TitleFromPromptLength = 60;

    private Conversation()
    {
    }

    public ConversationId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Title { get; private set; } = "";

    public Platform Platform { get; private set; }

    /// <summary>What it is called where it was imported from: the same is not imported twice.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>Held without memory: nothing is read for it and nothing is learned from it. Chosen at its beginning, and for good.</summary>
    public bool WithoutMemory { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When something was last said in it: the order of the list.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Begins with what was said first; its title is the start of that.</summary>
    public static Conversation Start(UserId user, Platform platform, string prompt, DateTimeOffset now, bool withoutMemory = false) => new()
    {
        Id = ConversationId.New(now),
        UserId = user,
        Title = CreateTitle(prompt),
        Platform = platform,
        WithoutMemory = withoutMemory,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Held elsewhere; its turns follow.</summary>
    /// <param name="title">Null where it has none: it is then the start of what was said first.</param>
    public static Conversation Import(UserId user, string externalId, string? title, string prompt, DateTimeOffset createdAt) => new()
    {
        Id = ConversationId.New(createdAt),
        UserId = user,
        Title = title ?? CreateTitle(prompt),
        Platform = Platform.Import,
        ExternalId = externalId,
        CreatedAt = createdAt,
        UpdatedAt = createdAt,
    };

    public void Rename(string title) => Title = title;

    public Turn Ask(string prompt, DateTimeOffset now)
    {
        UpdatedAt = now;

        return Turn.Ask(this, prompt, now);
    }

    /// <param name="after">The turn that stands before it in the conversation; null for the first.</param>
    public Turn Import(string externalId, string prompt, string response, DateTimeOffset at, TurnId? after)
    {
        UpdatedAt = at > UpdatedAt ? at : UpdatedAt;

        return Turn.Import(this, externalId, prompt, response, at, after);
    }

    private static string CreateTitle(string prompt)
    {
        var line = string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= TitleFromPromptLength)
        {
            return line;
        }

        // Cut between words where there are any, and never inside a surrogate pair.
        var cut = line.LastIndexOf(' ', TitleFromPromptLength);
        cut = cut > TitleFromPromptLength / 2 ? cut : TitleFromPromptLength;
        cut -= char.IsHighSurrogate(line[cut - 1]) ? 1 : 0;

        return line[..cut].TrimEnd() + "…";
    }
}
