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

    /// <summary>Id of the conversation in the source of an import. Prevents a second import of the same conversation.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>Jarvis neither uses nor extracts memories in this conversation. Cannot change after the start.</summary>
    public bool WithoutMemory { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Time of the newest turn. The list of conversations is sorted by it.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Starts a conversation. Its title is the start of the first prompt.</summary>
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

    /// <summary>Creates a conversation from an import, without its turns.</summary>
    /// <param name="title">Null if the source does not have a title; the start of the first prompt is then the title.</param>
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

    /// <param name="after">Previous turn of the conversation; null for the first turn.</param>
    public Turn Import(string externalId, string prompt, string response, DateTimeOffset at, TurnId? after)
    {
        UpdatedAt = at > UpdatedAt ? at : UpdatedAt;

        return Turn.Import(this, externalId, prompt, response, at, after);
    }

    private static string CreateTitle(string prompt)
    {
        var line = prompt.CollapseWhitespace();
        if (line.Length <= TitleFromPromptLength)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', TitleFromPromptLength);
        cut = cut > TitleFromPromptLength / 2 ? cut : TitleFromPromptLength;

        return line.Truncate(cut).TrimEnd() + "…";
    }
}
