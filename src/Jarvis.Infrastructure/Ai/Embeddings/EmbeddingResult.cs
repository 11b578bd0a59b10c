using Jarvis.Application.Administration;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>A vector for each text in order, or the reason why the call failed.</summary>
internal sealed record EmbeddingResult
{
    private EmbeddingResult(IReadOnlyList<QueryVector> vectors, EmbeddingFailure? failure) => (Vectors, Failure) = (vectors, failure);

    public IReadOnlyList<QueryVector> Vectors { get; }

    public EmbeddingFailure? Failure { get; }

    public static EmbeddingResult Success(IReadOnlyList<QueryVector> vectors) => new(vectors, failure: null);

    public static EmbeddingResult Failed(EmbeddingFault fault, string reason, ServiceFault serviceFault) => new([], new EmbeddingFailure(fault, reason, serviceFault));
}

/// <param name="Reason">Reason for the log. It contains no text of a user.</param>
/// <param name="ServiceFault">State of the server for the administration page.</param>
internal sealed record EmbeddingFailure(EmbeddingFault Fault, string Reason, ServiceFault ServiceFault);

internal enum EmbeddingFault
{
    /// <summary>The server does not respond, is overloaded, rejects the key or lacks the model. The same request may succeed later.</summary>
    Unavailable,

    /// <summary>The server rejected these texts. Other or shorter texts may succeed.</summary>
    TextsRejected,

    /// <summary>The response does not contain the requested embeddings.</summary>
    InvalidResponse,
}
