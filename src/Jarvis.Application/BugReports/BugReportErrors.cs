using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;

namespace Jarvis.Application.BugReports;

internal static class BugReportErrors
{
    private const int AttachmentMaxMegabytes = BugReportAttachment.MaxBytes / 1024 / 1024;

    public static Error TitleInvalid { get; } =
        new(ErrorKind.Invalid, "bugs.title_invalid", $"Give the report a title of up to {BugReport.TitleMaxLength} characters.");

    public static Error DescriptionInvalid { get; } = new(
        ErrorKind.Invalid,
        "bugs.description_invalid",
        $"Describe what happened and how to reproduce it, in up to {BugReport.DescriptionMaxLength} characters.");

    public static Error SeverityUnknown { get; } =
        new(ErrorKind.Invalid, "bugs.severity_unknown", $"The severity must be critical, high, medium or low.");

    public static Error AttachmentInvalid { get; } = new(
        ErrorKind.Invalid,
        "bugs.picture_invalid",
        $"The image must be a PNG, JPEG or WebP file of up to {AttachmentMaxMegabytes} MB. Choose another one, or send the report without it.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "bugs.not_found", $"This report doesn't exist.");

    public static Error AlreadySent { get; } = new(ErrorKind.Conflict, "bugs.already_sent", $"This report has already been sent.");
}
