using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>An uploaded memory file. Unvalidated, untrusted input.</summary>
public sealed record MemoryFile(string? Format, int? Version, IReadOnlyList<MemoryFileItem?>? Items);

/// <param name="Id">Id that other items of the file refer to; null if there are no references.</param>
/// <param name="SupersededBy">Id of another item in the file.</param>
/// <param name="TurnId">Source turn, if it exists in this installation.</param>
public sealed record MemoryFileItem(
    Guid? Id,
    MemoryKind? Kind,
    string? Content,
    float? Salience,
    bool? Pinned,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? EditedAt,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo,
    Guid? SupersededBy,
    Guid? TurnId);
