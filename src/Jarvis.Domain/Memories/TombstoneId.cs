using Jarvis.Domain.Common;

namespace Jarvis.Domain.Memories;

public readonly record struct TombstoneId(Guid Value) : IId<TombstoneId>
{
    public static TombstoneId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static TombstoneId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
