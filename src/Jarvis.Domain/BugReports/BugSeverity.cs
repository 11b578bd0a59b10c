namespace Jarvis.Domain.BugReports;

/// <summary>The worst first, as trackers number them.</summary>
public enum BugSeverity
{
    Critical,
    High,
    Medium,
    Low,
}
