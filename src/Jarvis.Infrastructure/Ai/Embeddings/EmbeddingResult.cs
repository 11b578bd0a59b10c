using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>A vector for each text in order, or why there are none.</summary>
internal sealed record EmbeddingResult
{
    private EmbeddingResult(IReadOnlyList<QueryVector> vectors, EmbeddingFailure? failure) => (Vectors, Failure) = (vectors, failure);

    public IReadOnlyList<QueryVector> Vectors { get; }

    public EmbeddingFailure? Failure { get; }

    public static EmbeddingResult Success(IReadOnlyList<QueryVector> vectors) => new(vectors, failure: null);

    public static EmbeddingResult Failed(EmbeddingFault fault, string reason, ServiceFault seen) => new([], new EmbeddingFailure(fault, reason, seen));
}

/// <param name="Reason">For the log; holds no text of anybody.</param>
/// <param name="Seen">What it says about the server.</param>
internal sealed record EmbeddingFailure(EmbeddingFault Fault, string Reason, ServiceFault Seen);

internal enum EmbeddingFault
{
    /// <summary>The server does not answer, has too much to do, refuses the key or lacks the model: the same may succeed later.</summary>
    Unavailable,

    /// <summary>The server refused these texts: others, or shorter ones, may succeed.</summary>
    TextsRejected,

    /// <summary>The server answered with something that is no embedding, or not the one that was asked for.</summary>
    InvalidResponse,
}
