using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>Choice and timeout of the extractor. The queue and the search have other keys in the same section.</summary>
internal sealed class MemoryExtractionOptions
{
    public const string Section = "Memory";

    [EnumDataType(typeof(ExtractorChoice), ErrorMessage = "Memory:Extractor must be Auto, Llm or Heuristic.")]
    public ExtractorChoice Extractor { get; set; }

    /// <summary>Timeout of one call of the local model; small machines need minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Memory:LlmTimeout must be between one second and one day, such as 00:10:00.")]
    public TimeSpan LlmTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
