using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Limit of the local model. The extraction, the queue and the search have other keys in the same section.</summary>
internal sealed class LocalModelSchedulerOptions
{
    public const string Section = "Memory";

    /// <summary>Number of simultaneous extraction calls of all processes.</summary>
    [Range(1, 1_000, ErrorMessage = "Memory:LlmConcurrency must be between 1 and 1000.")]
    public int LlmConcurrency { get; set; } = 1;
}
