using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.BugReports;

/// <summary>Keeps a report; a worker sends it.</summary>
/// <param name="Severity">Null where what was said is none.</param>
/// <param name="Picture">The file as it came; null where there is none.</param>
/// <param name="TraceId">Of the request that it is about, or at least of the one that it comes by.</param>
public sealed record WriteBugReport(UserId User, string Title, string Description, BugSeverity? Severity, byte[]? Picture, string? TraceId)
    : IRequest<Result<BugReportRow>>;

internal sealed class WriteBugReportValidator : AbstractValidator<WriteBugReport>
{
    public WriteBugReportValidator()
    {
        RuleFor(write => write.Title).Must(title => IsText(title, BugReport.TitleMaxLength)).Refuse(BugReportErrors.TitleInvalid);
        RuleFor(write => write.Description)
            .Must(description => IsText(description, BugReport.DescriptionMaxLength))
            .Refuse(BugReportErrors.DescriptionInvalid);
        RuleFor(write => write.Severity)
            .Must(severity => severity is { } named && Enum.IsDefined(named))
            .Refuse(BugReportErrors.SeverityUnknown);
        RuleFor(write => write.Picture)
            .Must(picture => picture is null || BugPicture.Of(picture) is not null)
            .Refuse(BugReportErrors.PictureInvalid);
    }

    private static bool IsText(string? text, int length) => !string.IsNullOrWhiteSpace(text) && text.Length <= length && Rules.IsStorable(text);
}

internal sealed class WriteBugReportHandler(IJarvisDb db, INotices notices, TimeProvider clock) : IRequestHandler<WriteBugReport, Result<BugReportRow>>
{
    public async Task<Result<BugReportRow>> Handle(WriteBugReport request, CancellationToken cancellationToken)
    {
        var report = BugReport.Write(
            request.User,
            request.Title.Trim(),
            request.Description.Trim(),
            request.Severity!.Value,
            request.Picture is { } content ? BugPicture.Of(content) : null,
            ThisVersion.Name,
            request.TraceId,
            clock.GetUtcNow());
        db.BugReports.Add(report);
        await db.SaveChangesAsync(cancellationToken);
        notices.Tell(new Notice("Somebody reported a bug.", report.Title));

        return BugReportRow.Of(report);
    }
}
