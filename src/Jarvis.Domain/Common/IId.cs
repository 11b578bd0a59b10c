namespace Jarvis.Domain.Common;

/// <summary>A typed id. The compiler keeps ids of different types apart, and one convention stores all of them.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
