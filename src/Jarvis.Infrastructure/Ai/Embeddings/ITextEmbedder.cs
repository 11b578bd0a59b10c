using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Computes unit vectors of texts. Idempotent. Throws only for cancellation.</summary>
internal interface ITextEmbedder
{
    /// <summary>Maximum number of texts in one call.</summary>
    const int MaxTexts = 32;

    /// <summary>Maximum length of a text. A longer text is truncated, because its start shows the topic.</summary>
    const int MaxLength = 4_000;

    /// <summary>True if a server is configured.</summary>
    bool IsConfigured { get; }

    /// <summary>True if the server is on this machine or in its private network.</summary>
    bool IsLocal { get; }

    /// <summary>Key as in <see cref="QueryVector.Model"/>; null until the number of dimensions is configured or known from a response.</summary>
    string? Model { get; }

    /// <param name="texts">One to <see cref="MaxTexts"/> texts that are not empty.</param>
    Task<EmbeddingResult> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
