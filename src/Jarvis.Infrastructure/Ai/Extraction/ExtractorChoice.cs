namespace Jarvis.Infrastructure.Ai.Extraction;

internal enum ExtractorChoice
{
    /// <summary>The local model while it is available, else the heuristics.</summary>
    Auto,
    Llm,
    Heuristic,
}
