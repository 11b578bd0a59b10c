using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Settings of the memory job queue.</summary>
internal sealed class QueueOptions
{
    public const string Section = "Memory";

    /// <summary>Time after which the job of a killed worker is available again. Workers renew the lease while they run the job.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Memory:Lease must be between 00:00:01 and 01:00:00.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of failed attempts after which a job becomes a dead letter.</summary>
    [Range(1, 100, ErrorMessage = "Memory:MaxAttempts must be between 1 and 100.")]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Delay before the second attempt. It doubles with each further attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ErrorMessage = "Memory:RetryDelay must be between 00:00:00.010 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ErrorMessage = "Memory:MaxRetryDelay must be between 00:00:00.010 and one day.")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(10);
}
