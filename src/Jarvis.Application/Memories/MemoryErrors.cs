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

    public static Error ImportUnknown { get; } = new(
        ErrorKind.Invalid,
        "memory.import_unknown",
        $"This is no file of memories that Jarvis knows. Choose one that was saved by “Export as JSON”.");

    public static Error ImportTooLarge { get; } = new(
        ErrorKind.Invalid,
        "memory.import_too_large",
        $"A file of memories has at most {ImportMemory.MaxItems} items. Send it in parts.");

    public static Error ImportKind { get; } = new(
        ErrorKind.Invalid,
        "memory.import_kind",
        $"An item has a kind: fact, preference, relationship, goal, event or instruction.");

    public static Error ImportSalience { get; } = new(ErrorKind.Invalid, "memory.import_salience", $"A salience lies between 0 and 1.");

    public static Error ImportDates { get; } = new(
        ErrorKind.Invalid,
        "memory.import_dates",
        $"A memory ends after it began and not before 1970, and what another took the place of has ended.");

    public static Error ImportCycle { get; } = new(
        ErrorKind.Invalid,
        "memory.import_circle",
        $"These memories take each other's place in a circle.");

    public static Error ConcurrencyConflict { get; } = new(
        ErrorKind.Conflict,
        "memory.overtaken",
        $"Something else changed this person's memory meanwhile; it is read again.");

    public static Error LeaseLost { get; } = new(
        ErrorKind.Conflict,
        "memory.lease_lost",
        $"This took so long that another worker may have taken over.");
}
