using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>
/// A server that turns texts into vectors, by OpenAI's <c>/v1/embeddings</c>. Without an address memory is found by words alone.
/// </summary>
internal sealed class EmbeddingOptions
{
    public const string Section = "Memory:Embeddings";
    public const int MaxDimensions = 4_096;

    /// <summary>Ends in <c>/v1</c>, as with a chat model.</summary>
    public Uri? BaseUrl { get; set; }

    public string? Model { get; set; }

    /// <summary>How long the vectors are to be; null: as long as the model makes them.</summary>
    public int? Dimensions { get; set; }

    /// <summary>Secret; most local servers need none.</summary>
    public string? ApiKey { get; set; }

    public bool IsConfigured => BaseUrl is not null;

    /// <summary>Whether texts stay on this machine or in its network.</summary>
    public bool IsLocal => BaseUrl is not null && PrivateNetwork.Contains(BaseUrl);
}
