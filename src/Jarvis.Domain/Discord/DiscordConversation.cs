using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Discord;

/// <summary>Which conversation goes on where in Discord.</summary>
public sealed class DiscordConversation : IUserOwned
{
    private DiscordConversation()
    {
    }

    public DiscordConversationId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string ScopeKey { get; private set; } = "";

    public DiscordScopeType ScopeType { get; private set; }

    public string? GuildId { get; private set; }

    public string ChannelId { get; private set; } = "";

    /// <summary>Who spoke there last for this person, who may have had another account since.</summary>
    public string DiscordUserId { get; private set; } = "";

    public ConversationId ConversationId { get; private set; }

    /// <summary>The last that was said there; what was said after it in the same conversation was said elsewhere.</summary>
    public TurnId LastTurnId { get; private set; }

    public static DiscordConversation Start(UserId user, DiscordScope scope, string discordUserId, ConversationId conversation, TurnId turn, DateTimeOffset now) => new()
    {
        Id = DiscordConversationId.New(now),
        UserId = user,
        ScopeKey = scope.Key,
        ScopeType = scope.Type,
        GuildId = scope.GuildId,
        ChannelId = scope.ChannelId,
        DiscordUserId = discordUserId,
        ConversationId = conversation,
        LastTurnId = turn,
    };

    /// <summary>Also where an earlier turn is noted after a later one.</summary>
    public void Continue(string discordUserId, ConversationId conversation, TurnId turn)
    {
        LastTurnId = conversation == ConversationId && LastTurnId > turn ? LastTurnId : turn;
        (DiscordUserId, ConversationId) = (discordUserId, conversation);
    }
}
