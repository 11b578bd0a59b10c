using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

/// <summary>
/// A deferred interaction. Jarvis stores it before it acknowledges the interaction and deletes it after the answer or an error is
/// sent, so any process can resume it.
/// </summary>
public sealed class DiscordQuestion : ILeased
{
    /// <summary>Discord accepts answers for fifteen minutes; an answer that starts after this time would be too late.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(14);

    private DiscordQuestion()
    {
    }

    public DiscordQuestionId Id { get; private set; }

    public UserId UserId { get; private set; }

    /// <summary>Id of the interaction in Discord. Prevents duplicates.</summary>
    public string InteractionId { get; private set; } = "";

    public string ApplicationId { get; private set; } = "";

    /// <summary>Encrypted token that authorizes the answer. A secret until it expires.</summary>
    public byte[] Token { get; private set; } = [];

    public string DiscordUserId { get; private set; } = "";

    public DiscordScopeType ScopeType { get; private set; }

    public string? GuildId { get; private set; }

    public string ChannelId { get; private set; } = "";

    public bool IsPublic { get; private set; }

    /// <summary>The person allows memory in a public answer. A private answer always uses memory.</summary>
    public bool WithMemory { get; private set; }

    public string Prompt { get; private set; } = "";

    /// <summary>Two-letter language code of the messages around the answer.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Base URL of Jarvis, for links.</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Time from which a process can lease the question. A lease and a failure postpone it.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Number of leases, and fencing token: only the process with the latest number holds the question.</summary>
    public int Attempts { get; private set; }

    /// <summary>Turn of the question; null until it is created.</summary>
    public TurnId? TurnId { get; private set; }

    /// <summary>Number of answer messages that were sent to Discord.</summary>
    public int PartsSent { get; private set; }

    public DiscordScope Scope => new(ScopeType, GuildId, ChannelId, IsPublic);

    /// <summary>Other people read the answer, and the person did not allow memory in it.</summary>
    public bool HasPublicAudience => IsPublic && !WithMemory;

    /// <summary>Applies the values that a successful lease has stored.</summary>
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
        (string Language, string Address) reply,
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
        Language = reply.Language,
        Address = reply.Address,
        AskedAt = now,
        DueAt = dueAt,
    };
}
