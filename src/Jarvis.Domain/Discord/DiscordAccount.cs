using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

/// <summary>A Discord account that a person has linked through OAuth. One account per person, and one person per account.</summary>
public sealed class DiscordAccount : IUserOwned
{
    public const int NameMaxLength = 100;

    private DiscordAccount()
    {
    }

    public DiscordAccountId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string DiscordUserId { get; private set; } = "";

    /// <summary>Name at the time of linking, for display only.</summary>
    public string Name { get; private set; } = "";

    public DateTimeOffset LinkedAt { get; private set; }

    public static DiscordAccount Link(UserId user, string discordUserId, string name, DateTimeOffset now) => new()
    {
        Id = DiscordAccountId.New(now),
        UserId = user,
        DiscordUserId = discordUserId,
        Name = name.Truncate(NameMaxLength),
        LinkedAt = now,
    };
}
