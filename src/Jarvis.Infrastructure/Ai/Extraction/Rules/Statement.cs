using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <param name="Content">The clause as it was said.</param>
/// <param name="Slot">The question it answers; null where that can have many answers.</param>
/// <param name="IsStanding">Says itself that it holds from now on.</param>
internal sealed record Statement(StatementPattern Pattern, string Content, PersonalAttribute? Slot, bool IsStanding)
{
    public MemoryKind Kind => Pattern.Kind;
}
