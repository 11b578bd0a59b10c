using Jarvis.Domain.Common;

namespace Jarvis.Domain.Memories;

public readonly record struct ConversationSummaryId(Guid Value) : IId<ConversationSummaryId>
{
    public static ConversationSummaryId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static ConversationSummaryId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
