namespace Jarvis.Domain.Common;

/// <summary>An identity of one kind: two kinds cannot be mixed up, and all are stored alike.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
