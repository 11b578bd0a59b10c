using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

internal static class MemoryErrors
{
    public static Error NotFound { get; } = new(ErrorKind.NotFound, "memory.not_found", $"There is no such memory.");

    public static Error ContentInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.content_invalid",
        $"A memory has 1 to {MemoryItem.ContentMaxLength} characters of text.");

    public static Error Duplicate { get; } = new(ErrorKind.Conflict, "memory.duplicate", $"Another memory says the same already.");

    public static Error QueryInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.query_invalid",
        $"A search needs a text of at most {SearchMemory.QueryMaxLength} characters.");

    public static Error BudgetInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.budget_invalid",
        $"A budget lies between 1 and {SearchMemory.MaxBudget} characters.");

    public static Error OvertakenByAnother { get; } = new(
        ErrorKind.Conflict,
        "memory.overtaken",
        $"Something else changed this person's memory meanwhile; it is read again.");

    public static Error LeaseLost { get; } = new(
        ErrorKind.Conflict,
        "memory.lease_lost",
        $"This took so long that another worker may have taken over.");
}
