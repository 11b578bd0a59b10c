using System.Text.Json.Serialization;

namespace Jarvis.Domain.BugReports;

/// <summary>Delivery state of a bug report. The JSON names are part of the API.</summary>
public enum BugReportStatus
{
    /// <summary>The report waits for its next attempt, or a worker is sending it.</summary>
    Queued,

    /// <summary>The tracker rejected the report. The worker retries rarely, or when an administrator asks for it.</summary>
    [JsonStringEnumMemberName("refused")]
    Rejected,

    Sent,
}
