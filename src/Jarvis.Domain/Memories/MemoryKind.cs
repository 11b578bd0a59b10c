namespace Jarvis.Domain.Memories;

public enum MemoryKind
{
    Fact,
    Preference,
    Relationship,
    Goal,
    Event,

    /// <summary>What the person asked of Jarvis about their own wishes, never an order found in a text.</summary>
    Instruction,
}
