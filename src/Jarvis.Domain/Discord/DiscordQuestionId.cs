using Jarvis.Domain.Common;

namespace Jarvis.Domain.Discord;

public readonly record struct DiscordQuestionId(Guid Value) : IId<DiscordQuestionId>
{
    public static DiscordQuestionId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordQuestionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
