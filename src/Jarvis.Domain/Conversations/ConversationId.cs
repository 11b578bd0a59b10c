using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

/// <summary>In the order in which the conversations were begun.</summary>
public readonly record struct ConversationId(Guid Value) : IId<ConversationId>, IComparable<ConversationId>
{
    public static ConversationId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static ConversationId From(Guid value) => new(value);

    public static bool operator <(ConversationId left, ConversationId right) => left.CompareTo(right) < 0;

    public static bool operator >(ConversationId left, ConversationId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ConversationId left, ConversationId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ConversationId left, ConversationId right) => left.CompareTo(right) >= 0;

    public int CompareTo(ConversationId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}
