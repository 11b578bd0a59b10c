using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

internal static class MemoryErrors
{
    public static Error NotFound { get; } = new(ErrorKind.NotFound, "memory.not_found", $"This memory doesn't exist.");

    public static Error ContentInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.content_invalid",
        $"A memory must have 1 to {MemoryItem.ContentMaxLength} characters of text.");

    public static Error Duplicate { get; } = new(ErrorKind.Conflict, "memory.duplicate", $"Another memory already says this.");

    public static Error QueryInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.query_invalid",
        $"A search needs a text of up to {SearchMemory.QueryMaxLength} characters.");

    public static Error BudgetInvalid { get; } = new(
        ErrorKind.Invalid,
        "memory.budget_invalid",
        $"The budget must be between 1 and {SearchMemory.MaxBudget} characters.");

    public static Error ImportUnknown { get; } = new(
        ErrorKind.Invalid,
        "memory.import_unknown",
        $"Jarvis doesn't recognise this memory file. Choose one that was saved with “Export as JSON”.");

    public static Error ImportTooLarge { get; } = new(
        ErrorKind.Invalid,
        "memory.import_too_large",
        $"A memory file can have up to {ImportMemory.MaxItems} items. Send it in parts.");

    public static Error ImportKind { get; } = new(
        ErrorKind.Invalid,
        "memory.import_kind",
        $"The kind of an item must be fact, preference, relationship, goal, event or instruction.");

    public static Error ImportSalience { get; } = new(ErrorKind.Invalid, "memory.import_salience", $"The salience must be between 0 and 1.");

    public static Error ImportDates { get; } = new(
        ErrorKind.Invalid,
        "memory.import_dates",
        $"A memory must end after it began and not before 1970, and a superseded memory must have an end date.");

    public static Error ImportCycle { get; } = new(
        ErrorKind.Invalid,
        "memory.import_circle",
        $"The supersededBy links form a cycle.");

    public static Error ConcurrencyConflict { get; } = new(
        ErrorKind.Conflict,
        "memory.overtaken",
        $"This person's memory changed in the meantime; it will be read again.");

    public static Error LeaseLost { get; } = new(
        ErrorKind.Conflict,
        "memory.lease_lost",
        $"This took so long that another worker may have taken over.");
}
