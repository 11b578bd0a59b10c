using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Settings of a server that computes vectors of texts by OpenAI's <c>/v1/embeddings</c>. Without an address, search uses words only.</summary>
internal sealed class EmbeddingOptions
{
    public const string Section = "Memory:Embeddings";
    public const int MaxDimensions = StoredVector.MaxDimensions;

    /// <summary>Address that ends in <c>/v1</c>, as for a chat model.</summary>
    public Uri? BaseUrl { get; set; }

    public string? Model { get; set; }

    /// <summary>Number of dimensions to request; null for the model's default.</summary>
    public int? Dimensions { get; set; }

    /// <summary>Secret. Most local servers do not need it.</summary>
    public string? ApiKey { get; set; }

    public bool IsConfigured => BaseUrl is not null;

    /// <summary>True if the server is on this machine or in its private network.</summary>
    public bool IsLocal => BaseUrl is not null && PrivateNetwork.Contains(BaseUrl);
}
