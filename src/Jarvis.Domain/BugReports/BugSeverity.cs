namespace Jarvis.Domain.BugReports;

/// <summary>Severity of a bug, worst first, in the order in which trackers number severities.</summary>
public enum BugSeverity
{
    Critical,
    High,
    Medium,
    Low,
}
