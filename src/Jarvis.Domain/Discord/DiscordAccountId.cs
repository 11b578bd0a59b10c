using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

public readonly record struct DiscordAccountId(Guid Value) : IId<DiscordAccountId>
{
    public static DiscordAccountId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordAccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
