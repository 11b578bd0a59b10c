using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.BugReports;

/// <summary>Stores a report. A worker sends it later.</summary>
/// <param name="Severity">Null if the request contains an unknown severity.</param>
/// <param name="Picture">Uploaded file; null if the report does not have a picture.</param>
/// <param name="TraceId">Trace id of the affected request, or of the request that creates the report.</param>
public sealed record WriteBugReport(UserId User, string Title, string Description, BugSeverity? Severity, byte[]? Picture, string? TraceId)
    : IRequest<Result<BugReportRow>>;

internal sealed class WriteBugReportValidator : AbstractValidator<WriteBugReport>
{
    public WriteBugReportValidator()
    {
        RuleFor(write => write.Title).Must(title => IsText(title, BugReport.TitleMaxLength)).WithAppError(BugReportErrors.TitleInvalid);
        RuleFor(write => write.Description)
            .Must(description => IsText(description, BugReport.DescriptionMaxLength))
            .WithAppError(BugReportErrors.DescriptionInvalid);
        RuleFor(write => write.Severity)
            .Must(severity => severity is { } named && Enum.IsDefined(named))
            .WithAppError(BugReportErrors.SeverityUnknown);
        RuleFor(write => write.Picture)
            .Must(picture => picture is null || BugReportAttachment.Create(picture) is not null)
            .WithAppError(BugReportErrors.AttachmentInvalid);
    }

    private static bool IsText(string? text, int length) => !string.IsNullOrWhiteSpace(text) && text.Length <= length && text.IsStorable();
}

internal sealed class WriteBugReportHandler(IJarvisDb db, IAdminNotifier notifier, TimeProvider clock) : IRequestHandler<WriteBugReport, Result<BugReportRow>>
{
    public async Task<Result<BugReportRow>> Handle(WriteBugReport request, CancellationToken cancellationToken)
    {
        var report = BugReport.Write(
            request.User,
            request.Title.Trim(),
            request.Description.Trim(),
            request.Severity!.Value,
            request.Picture is { } content ? BugReportAttachment.Create(content) : null,
            AppVersion.Name,
            request.TraceId,
            clock.GetUtcNow());
        db.BugReports.Add(report);
        await db.SaveChangesAsync(cancellationToken);
        notifier.Notify(new AdminNotification("New bug report.", report.Title));

        return BugReportRow.From(report);
    }
}
