using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

public readonly record struct ConversationId(Guid Value) : IId<ConversationId>
{
    public static ConversationId New(DateTimeOffset now) => new(Uuid7.At(now));

    public static ConversationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
