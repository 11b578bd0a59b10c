using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

public sealed class Conversation : IOwned
{
    public const int TitleMaxLength = 120;
    private const int TitleFromPromptLength = 60;

    private Conversation()
    {
    }

    public ConversationId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Title { get; private set; } = "";

    public Platform Platform { get; private set; }

    /// <summary>Held without memory: nothing is read for it and nothing is learned from it. Chosen at its beginning, and for good.</summary>
    public bool WithoutMemory { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When something was last said in it: the order of the list.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Begins with what was said first; its title is the start of that.</summary>
    public static Conversation Begin(UserId user, Platform platform, string prompt, DateTimeOffset now, bool withoutMemory = false) => new()
    {
        Id = ConversationId.New(now),
        UserId = user,
        Title = TitleFrom(prompt),
        Platform = platform,
        WithoutMemory = withoutMemory,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public void Rename(string title) => Title = title;

    public Turn Ask(string prompt, DateTimeOffset now)
    {
        UpdatedAt = now;

        return Turn.Ask(this, prompt, now);
    }

    private static string TitleFrom(string prompt)
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
