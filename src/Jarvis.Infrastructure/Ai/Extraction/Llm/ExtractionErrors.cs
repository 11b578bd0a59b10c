using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

internal static class ExtractionErrors
{
    public const string ModelUnavailableCode = "memory.model_unavailable";
    public const string TimedOutCode = "memory.model_timeout";

    public static Error Preempted { get; } = new(
        ErrorKind.Unavailable,
        "memory.preempted",
        $"Memory paused for an answer that needed the local model; it resumes afterwards.");

    public static Error TooLong { get; } = new(
        ErrorKind.UpstreamFailed,
        "memory.extraction_too_long",
        $"The local model's response for memory was too long. Another model may do better: set LocalLlm:Model.");

    public static Error Truncated { get; } = new(
        ErrorKind.UpstreamFailed,
        "memory.truncated",
        $"The local model truncated its input or its response. Give it a larger context window (8,192 tokens or more).");

    public static Error ModelUnavailable(Uri server, string reason) => new(
        ErrorKind.Unavailable,
        ModelUnavailableCode,
        $"The local model at {server.Authority} isn't available ({reason}). Start it, or set LocalLlm:BaseUrl and LocalLlm:Model.");

    /// <summary>Costs an attempt, because the same batch will probably take too long again.</summary>
    public static Error TimedOut(TimeSpan limit) => new(
        ErrorKind.UpstreamFailed,
        TimedOutCode,
        $"The local model took longer than {limit} to extract memories. Raise Memory:LlmTimeout, or choose a smaller model.");

    public static Error Invalid(string problem) => new(
        ErrorKind.UpstreamFailed,
        "memory.bad_extraction",
        $"The local model's notes couldn't be used ({problem}). Another model may do better: set LocalLlm:Model.");
}
