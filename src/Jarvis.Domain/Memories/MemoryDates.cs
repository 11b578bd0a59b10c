namespace Jarvis.Domain.Memories;

/// <summary>Dates of a memory: creation, last edit and period of validity.</summary>
public readonly record struct MemoryDates(DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo);
