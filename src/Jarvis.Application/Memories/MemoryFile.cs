using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>A file of memories as it came, from anywhere: nothing in it is believed before it was looked at.</summary>
public sealed record MemoryFile(string? Format, int? Version, IReadOnlyList<MemoryFileItem?>? Items);

/// <param name="Id">What other items of the file call it; null where none does.</param>
/// <param name="SupersededBy">The id of another item of the file.</param>
/// <param name="TurnId">Where it was said, if that is here.</param>
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
