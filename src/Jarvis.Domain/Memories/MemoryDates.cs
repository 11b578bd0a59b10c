namespace Jarvis.Domain.Memories;

/// <summary>When a memory was learned and put into other words, and from when to when it held.</summary>
public readonly record struct MemoryDates(DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo);
