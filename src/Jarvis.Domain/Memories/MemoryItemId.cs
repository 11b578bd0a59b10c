using Jarvis.Domain.Common;

namespace Jarvis.Domain.Memories;

public readonly record struct MemoryItemId(Guid Value) : IId<MemoryItemId>
{
    public static MemoryItemId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static MemoryItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
