using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>
/// Reads what was said and answers with a summary and with what is worth knowing later. Inventing is worse than missing.
/// An answer is whole and valid or it is a refusal: <see cref="ErrorKind.Unavailable"/> where the extractor could not be
/// asked (which costs a job no attempt), any other kind where it answered badly. Idempotent.
/// </summary>
public interface IMemoryExtractor
{
    /// <summary><c>llm</c> or <c>heuristic</c>: which one would work now.</summary>
    string Name { get; }

    /// <summary>The same for somebody who keeps memory from models on others' machines.</summary>
    string LocalOnlyName => Name;

    Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken);
}

/// <param name="Turns">New turns, the oldest first.</param>
/// <param name="Summary">Of the conversation before them; empty at its start.</param>
/// <param name="Known">What memory holds already, as far as it may bear on these turns.</param>
/// <param name="LocalModelsOnly">Whether none of it may leave the machines of whoever hosts Jarvis.</param>
public sealed record ExtractionInput(IReadOnlyList<ExtractionTurn> Turns, string Summary, IReadOnlyList<KnownMemory> Known, bool LocalModelsOnly = false);

/// <param name="Said">What the person said: the only source of memories.</param>
/// <param name="Answered">What Jarvis said: context, marked so.</param>
public sealed record ExtractionTurn(TurnId Id, string Said, string Answered, DateTimeOffset At);

public sealed record KnownMemory(MemoryItemId Id, MemoryKind Kind, string Content);

public sealed record ExtractionResult(string Summary, IReadOnlyList<MemoryCandidate> Candidates);

/// <param name="Content">At most <see cref="MemoryItem.ContentMaxLength"/> characters.</param>
/// <param name="Turn">One of the turns that were read.</param>
/// <param name="Supersedes">One of the known memories, which this one ends.</param>
/// <param name="SupersedesCandidate">The position of an earlier candidate of the same extraction, which this one ends.</param>
public sealed record MemoryCandidate(
    MemoryKind Kind,
    string Content,
    Salience Salience,
    TurnId Turn,
    MemoryItemId? Supersedes = null,
    int? SupersedesCandidate = null);
