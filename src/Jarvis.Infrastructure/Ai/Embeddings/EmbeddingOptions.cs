using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Settings of a server that computes vectors of texts by OpenAI's <c>/v1/embeddings</c>. Without an address, search uses words only.</summary>
internal sealed class EmbeddingOptions : IValidatableObject
{
    public const string Section = "Memory:Embeddings";

    /// <summary>Address that ends in <c>/v1</c>, as for a chat model.</summary>
    [HttpUrl(ErrorMessage = "Memory:Embeddings:BaseUrl is “{1}”. Set it to an address such as http://localhost:11434/v1.")]
    public Uri? BaseUrl { get; set; }

    public string? Model { get; set; }

    /// <summary>Number of dimensions to request; null for the model's default.</summary>
    [Range(1, StoredVector.MaxDimensions, ErrorMessage = "Memory:Embeddings:Dimensions must be between {1} and {2}; remove it to use the model's default.")]
    public int? Dimensions { get; set; }

    /// <summary>Secret. Most local servers do not need it.</summary>
    public string? ApiKey { get; set; }

    public bool IsConfigured => BaseUrl is not null;

    /// <summary>True if the server is on this machine or in its private network.</summary>
    public bool IsLocal => BaseUrl is not null && PrivateNetwork.Contains(BaseUrl);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is null && (Model is not null || ApiKey is not null || Dimensions is not null))
        {
            yield return new("Memory:Embeddings:BaseUrl is missing. Set it, or remove the other Memory:Embeddings settings.");
        }

        if (BaseUrl is not null && Model is null)
        {
            yield return new("Memory:Embeddings:Model is missing. Set it to the name of an embedding model, or remove Memory:Embeddings:BaseUrl.");
        }
    }
}
