using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>
/// Extracts a summary and memories from turns. A missed memory is better than an invented one. The result is complete and valid, or
/// an error: <see cref="ErrorKind.Unavailable"/> if the extractor could not be reached (which does not count as an attempt of the
/// job), any other kind for an invalid response. Idempotent.
/// </summary>
public interface IMemoryExtractor
{
    /// <summary>Name of the extractor that would run now: <c>llm</c> or <c>heuristic</c>.</summary>
    string Name { get; }

    /// <summary>Name of the extractor for people who keep memories on local models.</summary>
    string LocalOnlyName => Name;

    Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken);
}

/// <param name="Turns">New turns, oldest first.</param>
/// <param name="Summary">Summary of the earlier turns; empty for a new conversation.</param>
/// <param name="Known">Existing memories that may be relevant to these turns.</param>
/// <param name="LocalModelsOnly">The data must not leave the administrator's machines.</param>
public sealed record ExtractionInput(IReadOnlyList<ExtractionTurn> Turns, string Summary, IReadOnlyList<KnownMemory> Known, bool LocalModelsOnly = false);

/// <param name="UserText">Prompt of the user: the only source of memories.</param>
/// <param name="AssistantText">Answer of the assistant, marked as context.</param>
public sealed record ExtractionTurn(TurnId Id, string UserText, string AssistantText, DateTimeOffset At);

public sealed record KnownMemory(MemoryItemId Id, MemoryKind Kind, string Content);

public sealed record ExtractionResult(string Summary, IReadOnlyList<MemoryCandidate> Candidates);

/// <param name="Content">At most <see cref="MemoryItem.ContentMaxLength"/> characters.</param>
/// <param name="Turn">Source turn; one of the given turns.</param>
/// <param name="Supersedes">Known memory that this one supersedes.</param>
/// <param name="SupersedesCandidate">Position of an earlier candidate of the same extraction that this one supersedes.</param>
public sealed record MemoryCandidate(
    MemoryKind Kind,
    string Content,
    Salience Salience,
    TurnId Turn,
    MemoryItemId? Supersedes = null,
    int? SupersedesCandidate = null);
