using Jarvis.Domain.Common;

namespace Jarvis.Domain.Accounts;

public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static UserId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
