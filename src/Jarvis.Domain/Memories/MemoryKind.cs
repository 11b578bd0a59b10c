namespace Jarvis.Domain.Memories;

public enum MemoryKind
{
    Fact,
    Preference,
    Relationship,
    Goal,
    Event,

    /// <summary>A preference that the person gave to Jarvis as an instruction; never an instruction from quoted text.</summary>
    Instruction,
}
