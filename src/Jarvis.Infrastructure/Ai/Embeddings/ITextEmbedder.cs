namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Turns texts into vectors of length 1. Idempotent. Throws for cancellation only.</summary>
internal interface ITextEmbedder
{
    /// <summary>Of one call.</summary>
    const int MaxTexts = 32;

    /// <summary>What is longer is cut: the start of a text tells what it is about.</summary>
    const int MaxLength = 4_000;

    /// <summary>Whether there is a server to ask at all.</summary>
    bool IsConfigured { get; }

    /// <summary>Whether texts stay with whoever runs Jarvis; what is not local is a stranger's cloud.</summary>
    bool IsLocal { get; }

    /// <summary>As in <see cref="QueryVector.Model"/>; null as long as the number of dimensions is neither set nor seen.</summary>
    string? Model { get; }

    /// <param name="texts">One to <see cref="MaxTexts"/>, none of them empty.</param>
    Task<EmbeddingResult> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
