namespace Jarvis.Domain.Common;

public readonly record struct AccessTokenId(Guid Value) : IId<AccessTokenId>
{
    public static AccessTokenId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static AccessTokenId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct BugReportId(Guid Value) : IId<BugReportId>
{
    public static BugReportId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static BugReportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Sorts conversations by the time at which they started.</summary>
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

public readonly record struct ConversationSummaryId(Guid Value) : IId<ConversationSummaryId>
{
    public static ConversationSummaryId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static ConversationSummaryId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DiscordAccountId(Guid Value) : IId<DiscordAccountId>
{
    public static DiscordAccountId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordAccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DiscordConversationId(Guid Value) : IId<DiscordConversationId>
{
    public static DiscordConversationId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordConversationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DiscordQuestionId(Guid Value) : IId<DiscordQuestionId>
{
    public static DiscordQuestionId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static DiscordQuestionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct MemoryItemId(Guid Value) : IId<MemoryItemId>
{
    public static MemoryItemId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static MemoryItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct TombstoneId(Guid Value) : IId<TombstoneId>
{
    public static TombstoneId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static TombstoneId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Sorts the turns of a conversation.</summary>
public readonly record struct TurnId(Guid Value) : IId<TurnId>, IComparable<TurnId>
{
    public static TurnId New(DateTimeOffset now) => new(Uuid7.Create(now));

    /// <summary>Returns an id for the time <paramref name="at"/>, but always after the previous turn: ids define the order of a conversation.</summary>
    public static TurnId New(DateTimeOffset at, TurnId? after)
    {
        var earliest = after is { } previous ? Uuid7.GetTimestamp(previous.Value) + (2 * Uuid7.Step) : at;

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

public readonly record struct UserConfigId(Guid Value) : IId<UserConfigId>
{
    public static UserConfigId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static UserConfigId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static UserId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
