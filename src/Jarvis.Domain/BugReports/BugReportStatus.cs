namespace Jarvis.Domain.BugReports;

public enum BugReportStatus
{
    /// <summary>It waits for its next attempt, or is on its way.</summary>
    Queued,

    /// <summary>The tracker does not want it as things stand; it is tried seldom, and when somebody says so.</summary>
    Rejected,

    Sent,
}
