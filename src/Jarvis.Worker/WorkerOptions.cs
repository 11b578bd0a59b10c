using System.ComponentModel.DataAnnotations;

namespace Jarvis.Worker;

internal sealed class WorkerOptions
{
    public const string Section = "Memory";

    /// <summary>How many conversations are read at the same time.</summary>
    [Range(1, 64, ErrorMessage = "Memory:Workers lies between 1 and 64.")]
    public int Workers { get; set; } = 2;
}
