using Jarvis.Domain.Common;

namespace Jarvis.Domain.BugReports;

/// <summary>
/// A bug report of a person. Jarvis stores it first; a worker sends it to a tracker later. Secrets are removed before the report
/// is stored.
/// </summary>
public sealed class BugReport : ILeased
{
    public const int TitleMaxLength = 200;
    public const int DescriptionMaxLength = 10_000;
    public const int VersionMaxLength = 100;
    public const int TraceIdMaxLength = 64;

    private BugReport()
    {
    }

    public BugReportId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>Description of the problem and the steps to reproduce it.</summary>
    public string Description { get; private set; } = "";

    public BugSeverity Severity { get; private set; }

    /// <summary>Version of Jarvis at the time of writing.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Trace id of the affected request, to find it in logs and traces.</summary>
    public string? TraceId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public BugReportStatus Status { get; private set; }

    /// <summary>
    /// Attempt counter and concurrency token. A worker stores a result only if the counter has not changed, so a paused worker
    /// cannot overwrite the result of another worker.
    /// </summary>
    public int Attempts { get; private set; }

    /// <summary>Time of the next attempt. While a worker sends the report: end of its lease.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Error of the last attempt; <see cref="StoredError.None"/> after the report is sent.</summary>
    public StoredError Failure { get; private set; } = StoredError.None;

    public int? WorkItemId { get; private set; }

    public string? WorkItemUrl { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Null after the report is sent.</summary>
    public BugReportAttachment? Attachment { get; private set; }

    /// <summary>The tracker may have created a work item in an earlier attempt whose result was not stored.</summary>
    public bool MayAlreadyExist => Attempts > 1;

    // A redacted text can be longer than the original, so it is cut again.
    public static BugReport Write(
        UserId user,
        string title,
        string description,
        BugSeverity severity,
        BugReportAttachment? picture,
        string version,
        string? traceId,
        DateTimeOffset now) => new()
    {
        Id = BugReportId.New(now),
        UserId = user,
        Title = SecretRedactor.Redact(title).Truncate(TitleMaxLength),
        Description = SecretRedactor.Redact(description).Truncate(DescriptionMaxLength),
        Severity = severity,
        Attachment = picture,
        Version = version,
        TraceId = traceId,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>Applies the values that a successful lease has stored.</summary>
    public BugReport LeasedUntil(DateTimeOffset until)
    {
        (Status, Attempts, DueAt) = (BugReportStatus.Queued, Attempts + 1, until);

        return this;
    }

    public void Send(int workItem, Uri address, DateTimeOffset now)
    {
        (Status, WorkItemId, WorkItemUrl, SentAt) = (BugReportStatus.Sent, workItem, address.AbsoluteUri, now);
        (Failure, Attachment) = (StoredError.None, null);
    }

    /// <param name="status"><c>Queued</c> for a temporary error; <c>Rejected</c> if a person has to fix the cause.</param>
    public void Fail(Error error, BugReportStatus status, DateTimeOffset nextAttempt) =>
        (Status, DueAt, Failure) = (status, nextAttempt, StoredError.From(error));

    /// <summary>Makes a rejected report due now. Ignores other reports: a worker may be sending the report, and its lease must not end early.</summary>
    public void Retry(DateTimeOffset now)
    {
        if (Status == BugReportStatus.Rejected)
        {
            (Status, DueAt) = (BugReportStatus.Queued, now);
        }
    }
}
