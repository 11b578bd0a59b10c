using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

/// <summary>Turns of a conversation are in the order of their ids.</summary>
public readonly record struct TurnId(Guid Value) : IId<TurnId>, IComparable<TurnId>
{
    public static TurnId New(DateTimeOffset now) => new(Uuid7.Create(now));

    /// <summary>At that moment, or right after an earlier turn that is no older: the order of a conversation is that of its ids.</summary>
    public static TurnId New(DateTimeOffset at, TurnId? after)
    {
        var earliest = after is { } earlier ? Uuid7.GetTimestamp(earlier.Value) + (2 * Uuid7.Step) : at;

        return New(at > earliest ? at : earliest);
    }

    public static TurnId From(Guid value) => new(value);

    public static bool operator <(TurnId left, TurnId right) => left.CompareTo(right) < 0;

    public static bool operator >(TurnId left, TurnId right) => left.CompareTo(right) > 0;

    public static bool operator <=(TurnId left, TurnId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TurnId left, TurnId right) => left.CompareTo(right) >= 0;

    public int CompareTo(TurnId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}
