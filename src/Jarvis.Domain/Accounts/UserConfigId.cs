using Jarvis.Domain.Common;

namespace Jarvis.Domain.Accounts;

public readonly record struct UserConfigId(Guid Value) : IId<UserConfigId>
{
    public static UserConfigId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static UserConfigId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
