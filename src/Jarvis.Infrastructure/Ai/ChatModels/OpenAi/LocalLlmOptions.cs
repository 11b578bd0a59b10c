using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// The local, OpenAI-compatible language model: it serves memory extraction, and chat where no other model is configured.
/// </summary>
internal sealed class LocalLlmOptions
{
    public const string Section = "LocalLlm";

    [Required]
    public Uri BaseUrl { get; set; } = new("http://localhost:11434/v1");

    [Required]
    public string Model { get; set; } = "qwen2.5:3b-instruct";

    /// <summary>Secret; most local servers need none.</summary>
    public string? ApiKey { get; set; }
}
