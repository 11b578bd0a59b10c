using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Settings of the local, OpenAI-compatible language model. It serves memory extraction, and chat if no other model is configured.
/// </summary>
internal sealed class LocalLlmOptions
{
    public const string Section = "LocalLlm";
    public const string DefaultModel = "qwen2.5:3b-instruct";
    public static readonly Uri DefaultBaseUrl = new("http://localhost:11434/v1");

    [HttpUrl(ErrorMessage = "LocalLlm:BaseUrl is “{1}”. Set it to an address such as http://localhost:11434/v1.")]
    public Uri BaseUrl { get; set; } = DefaultBaseUrl;

    public string Model { get; set; } = DefaultModel;

    /// <summary>Secret; most local servers don't require a key.</summary>
    public string? ApiKey { get; set; }
}
