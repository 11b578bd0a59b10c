using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

/// <summary>The account of Discord that a person proved to be theirs. One a person, and one person an account.</summary>
public sealed class DiscordAccount : IUserOwned
{
    public const int NameMaxLength = 100;

    private DiscordAccount()
    {
    }

    public DiscordAccountId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string DiscordUserId { get; private set; } = "";

    /// <summary>As it was when it was linked: only to be recognised by.</summary>
    public string Name { get; private set; } = "";

    public DateTimeOffset LinkedAt { get; private set; }

    public static DiscordAccount Link(UserId user, string discordUserId, string name, DateTimeOffset now) => new()
    {
        Id = DiscordAccountId.New(now),
        UserId = user,
        DiscordUserId = discordUserId,
        Name = name.Length <= NameMaxLength ? name : name[..NameMaxLength],
        LinkedAt = now,
    };
}
