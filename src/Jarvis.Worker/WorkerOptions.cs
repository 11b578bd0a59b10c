using System.ComponentModel.DataAnnotations;

namespace Jarvis.Worker;

internal sealed class WorkerOptions
{
    public const string Section = "Memory";

    /// <summary>Number of conversations that the worker processes concurrently.</summary>
    [Range(1, 64, ErrorMessage = "Memory:Workers must be between 1 and 64.")]
    public int Workers { get; set; } = 2;

    /// <summary>Interval between searches for conversations with unprocessed turns, regardless of their jobs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Memory:SweepInterval must be between 00:00:01 and one day.")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
