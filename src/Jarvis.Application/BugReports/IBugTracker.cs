using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;

namespace Jarvis.Application.BugReports;

/// <summary>Where whoever hosts Jarvis keeps what is wrong with it.</summary>
public interface IBugTracker
{
    /// <summary>Whether there is one at all; without it reports are kept until there is.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Files the report and says as what. Where the report says that it may be there it is looked for first, so that repeating an
    /// attempt whose answer was lost files nothing twice. It ends within the given time. A refusal of the kinds
    /// <see cref="ErrorKind.Unavailable"/>, <see cref="ErrorKind.UpstreamFailed"/> and <see cref="ErrorKind.LimitReached"/> passes by
    /// itself, and says by <see cref="Error.RetryAfter"/> how long to leave the tracker alone where that is known; any other needs
    /// somebody to do something. Its words may be the tracker's own.
    /// </summary>
    Task<Result<FiledBug>> FileAsync(BugReport report, TimeSpan within, CancellationToken cancellationToken);
}

/// <param name="Number">What people call it by in the tracker.</param>
/// <param name="Address">Where a person looks at it.</param>
public sealed record FiledBug(int Number, Uri Address);
