using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

/// <summary>Links a place in Discord to the conversation that continues there.</summary>
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

    /// <summary>Discord account of the last message. The person may have linked another account since.</summary>
    public string DiscordUserId { get; private set; } = "";

    public ConversationId ConversationId { get; private set; }

    /// <summary>Last turn from this place. Later turns of the same conversation come from other places.</summary>
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

    /// <summary>Records a turn. Keeps the newest turn if turns arrive out of order.</summary>
    public void Continue(string discordUserId, ConversationId conversation, TurnId turn)
    {
        LastTurnId = conversation == ConversationId && LastTurnId > turn ? LastTurnId : turn;
        (DiscordUserId, ConversationId) = (discordUserId, conversation);
    }
}
