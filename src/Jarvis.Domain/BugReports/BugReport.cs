using System.Globalization;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.BugReports;

/// <summary>
/// What somebody says is wrong with Jarvis. It is kept first and sent to a tracker afterwards, by whichever worker takes it. Its
/// secrets are taken out before it is anything at all.
/// </summary>
public sealed class BugReport : IUserOwned
{
    public const int TitleMaxLength = 200;
    public const int DescriptionMaxLength = 10_000;
    public const int VersionMaxLength = 100;
    public const int TraceIdMaxLength = 64;
    public const int FailureCodeMaxLength = 100;

    private BugReport()
    {
    }

    public BugReportId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>What happened, and how to make it happen again.</summary>
    public string Description { get; private set; } = "";

    public BugSeverity Severity { get; private set; }

    /// <summary>Of Jarvis, when it was written.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Finds the request that it is about in logs and traces.</summary>
    public string? TraceId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public BugReportStatus Status { get; private set; }

    /// <summary>
    /// How often it was taken to be sent. Whoever stores what came of it names the number it was taken with: one that was halted
    /// while another took it writes nothing.
    /// </summary>
    public int Attempts { get; private set; }

    /// <summary>When it may be taken; while it is being sent, when another may take it.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    public string? FailureCode { get; private set; }

    public string? FailureMessage { get; private set; }

    /// <summary>What the message was filled with, for the same sentence in another language.</summary>
    public IReadOnlyList<string> FailureArguments { get; private set; } = [];

    public int? WorkItemId { get; private set; }

    public string? WorkItemUrl { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Only until it was sent.</summary>
    public BugReportAttachment? Attachment { get; private set; }

    /// <summary>Whether an earlier attempt may have been answered by the tracker and not have been noted here.</summary>
    public bool MayAlreadyExist => Attempts > 1;

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
        Title = Truncate(SecretRedactor.Redact(title), TitleMaxLength),
        Description = Truncate(SecretRedactor.Redact(description), DescriptionMaxLength),
        Severity = severity,
        Attachment = picture,
        Version = version,
        TraceId = traceId,
        CreatedAt = now,
        NextAttemptAt = now,
    };

    /// <summary>Nobody else takes it until the lease ends.</summary>
    public void BeginAttempt(TimeSpan lease, DateTimeOffset now)
    {
        Attempts++;
        (Status, NextAttemptAt) = (BugReportStatus.Queued, now + lease);
    }

    public void Send(int workItem, Uri address, DateTimeOffset now)
    {
        (Status, WorkItemId, WorkItemUrl, SentAt) = (BugReportStatus.Sent, workItem, address.AbsoluteUri, now);
        (FailureCode, FailureMessage, FailureArguments) = (null, null, []);
        Attachment = null;
    }

    /// <param name="status">Whether time will mend it or somebody has to.</param>
    public void Fail(Error error, BugReportStatus status, DateTimeOffset nextAttempt)
    {
        (Status, NextAttemptAt) = (status, nextAttempt);
        (FailureCode, FailureMessage) = (error.Code, error.Message);
        FailureArguments = [.. error.Arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")];
    }

    /// <summary>What was refused is to be taken at once. Any other is left as it is: it may be on its way, and its lease must not end early.</summary>
    public void Retry(DateTimeOffset now)
    {
        if (Status == BugReportStatus.Rejected)
        {
            (Status, NextAttemptAt) = (BugReportStatus.Queued, now);
        }
    }

    // What stands in the place of a secret may be longer than it was; half a character is none.
    private static string Truncate(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
