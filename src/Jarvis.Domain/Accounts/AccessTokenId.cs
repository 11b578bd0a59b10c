using Jarvis.Domain.Common;

namespace Jarvis.Domain.Accounts;

public readonly record struct AccessTokenId(Guid Value) : IId<AccessTokenId>
{
    public static AccessTokenId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static AccessTokenId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
