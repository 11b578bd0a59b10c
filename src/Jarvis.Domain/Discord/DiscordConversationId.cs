using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

public readonly record struct DiscordConversationId(Guid Value) : IId<DiscordConversationId>
{
    public static DiscordConversationId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordConversationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
