using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;

namespace Jarvis.Application.BugReports;

/// <summary>Files bug reports in the administrator's tracker.</summary>
public interface IBugTracker
{
    /// <summary>A tracker is configured. Without one, reports stay stored until a tracker is configured.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Files the report and returns its work item. If the report may already exist in the tracker, looks for it first, so that a
    /// repeated attempt does not file a duplicate. Ends within the given time. Errors of the kinds <see
    /// cref="ErrorKind.Unavailable"/>, <see cref="ErrorKind.UpstreamFailed"/> and <see cref="ErrorKind.LimitReached"/> are
    /// temporary, and <see cref="Error.RetryAfter"/> holds the requested delay if it is known. A person has to fix the cause of any
    /// other error. The message can contain text from the tracker.
    /// </summary>
    Task<Result<FiledBug>> FileAsync(BugReport report, TimeSpan within, CancellationToken cancellationToken);
}

/// <param name="Number">Number of the work item in the tracker.</param>
/// <param name="Address">URL of the work item.</param>
public sealed record FiledBug(int Number, Uri Address);
