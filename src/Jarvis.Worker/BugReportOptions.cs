using System.ComponentModel.DataAnnotations;
using Jarvis.Application.BugReports;

namespace Jarvis.Worker;

internal sealed class BugReportOptions
{
    public const string Section = "BugReports";

    /// <summary>Duration of a worker's lease of a report. An attempt times out after half of it.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00", ErrorMessage = "BugReports:Lease must be between 00:00:02 and one hour.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(3);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "BugReports:RetryDelay must be between 00:00:01 and one hour.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "BugReports:MaxRetryDelay must be between 00:00:01 and one day.")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Delay after the tracker rejected a report, which an administrator must fix.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ErrorMessage = "BugReports:RejectedRetryDelay must be between 00:00:01 and seven days.")]
    public TimeSpan RejectedRetryDelay { get; set; } = TimeSpan.FromHours(6);

    public BugReportRetryPolicy RetryPolicy => new(Lease, RetryDelay, MaxRetryDelay, RejectedRetryDelay);
}
