using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Rejects incomplete or invalid settings and says what to set. The message never contains a key.</summary>
internal sealed class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options) => FindProblem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? FindProblem(EmbeddingOptions options) => options switch
    {
        { BaseUrl: null, Model: null, ApiKey: null, Dimensions: null } => null,
        { BaseUrl: null } => "Memory:Embeddings:BaseUrl is missing. Set it, or remove the other Memory:Embeddings settings.",
        { BaseUrl: not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            $"Memory:Embeddings:BaseUrl is “{options.BaseUrl}”. Set it to an address such as http://localhost:11434/v1.",
        { Model: null } => "Memory:Embeddings:Model is missing. Set it to the name of an embedding model, or remove Memory:Embeddings:BaseUrl.",
        { Dimensions: < 1 or > EmbeddingOptions.MaxDimensions } =>
            $"Memory:Embeddings:Dimensions must be between 1 and {EmbeddingOptions.MaxDimensions}; remove it to use the model's default.",
        _ => null,
    };
}
