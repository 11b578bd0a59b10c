using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Discord;

/// <summary>
/// A question that Discord was promised an answer to. It is there from before the promise until the answer, or the reason why
/// there is none, stands in Discord, so that whichever process is there then can keep it.
/// </summary>
public sealed class DiscordQuestion : IUserOwned
{
    /// <summary>Discord takes answers for fifteen minutes; what is begun after this would come too late.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(14);

    private DiscordQuestion()
    {
    }

    public DiscordQuestionId Id { get; private set; }

    public UserId UserId { get; private set; }

    /// <summary>Discord's id of what the person did: the same is not asked twice.</summary>
    public string InteractionId { get; private set; } = "";

    public string ApplicationId { get; private set; } = "";

    /// <summary>With what the answer is sent to Discord. A secret for as long as it holds, and not readable as it is stored.</summary>
    public byte[] Token { get; private set; } = [];

    public string DiscordUserId { get; private set; } = "";

    public DiscordScopeType ScopeType { get; private set; }

    public string? GuildId { get; private set; }

    public string ChannelId { get; private set; } = "";

    public bool IsPublic { get; private set; }

    /// <summary>Whether the person asked for memory although others read the answer. Where nobody else does, it is always asked.</summary>
    public bool WithMemory { get; private set; }

    public string Prompt { get; private set; } = "";

    /// <summary>The two-letter language of whatever Jarvis itself says.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Where Jarvis itself is reached, for links.</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>When somebody may take it on: it is put off while somebody works on it, and after a failure.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>How often it was taken on. Whoever took it on last has it.</summary>
    public int Attempts { get; private set; }

    /// <summary>The turn in which it was asked; null until it was.</summary>
    public TurnId? TurnId { get; private set; }

    /// <summary>How many parts of the answer stand in Discord.</summary>
    public int PartsSent { get; private set; }

    public DiscordScope Scope => new(ScopeType, GuildId, ChannelId, IsPublic);

    /// <summary>Whether others read the answer, and are not to be told what memory holds.</summary>
    public bool HasPublicAudience => IsPublic && !WithMemory;

    /// <summary>As it is stored once the caller has taken it on.</summary>
    public DiscordQuestion LeasedUntil(DateTimeOffset until)
    {
        (Attempts, DueAt) = (Attempts + 1, until);

        return this;
    }

    public bool IsExpired(DateTimeOffset now) => now >= AskedAt + Lifetime;

    public static DiscordQuestion Ask(
        UserId user,
        string discordUserId,
        DiscordScope scope,
        (string Id, string Application, byte[] Token) interaction,
        (string Prompt, bool WithMemory) question,
        (string Language, string Address) manner,
        DateTimeOffset now,
        DateTimeOffset dueAt) => new()
    {
        Id = DiscordQuestionId.New(now),
        UserId = user,
        InteractionId = interaction.Id,
        ApplicationId = interaction.Application,
        Token = interaction.Token,
        DiscordUserId = discordUserId,
        ScopeType = scope.Type,
        GuildId = scope.GuildId,
        ChannelId = scope.ChannelId,
        IsPublic = scope.IsPublic,
        WithMemory = question.WithMemory,
        Prompt = question.Prompt,
        Language = manner.Language,
        Address = manner.Address,
        AskedAt = now,
        DueAt = dueAt,
    };
}
