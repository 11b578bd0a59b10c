using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <param name="Content">Clause in the words of the user.</param>
/// <param name="Slot">Attribute that the statement sets; null if it can have many values.</param>
/// <param name="IsStanding">Indicates whether the statement itself says that it applies from now on.</param>
internal sealed record Statement(StatementPattern Pattern, string Content, PersonalAttribute? Slot, bool IsStanding)
{
    public MemoryKind Kind => Pattern.Kind;
}
