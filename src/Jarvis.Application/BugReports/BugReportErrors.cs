using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;

namespace Jarvis.Application.BugReports;

internal static class BugReportErrors
{
    private const int AttachmentMaxMegabytes = BugReportAttachment.MaxBytes / 1024 / 1024;

    public static Error TitleInvalid { get; } =
        new(ErrorKind.Invalid, "bugs.title_invalid", $"A report needs a title of at most {BugReport.TitleMaxLength} characters.");

    public static Error DescriptionInvalid { get; } = new(
        ErrorKind.Invalid,
        "bugs.description_invalid",
        $"Say what happened and how to make it happen again, in at most {BugReport.DescriptionMaxLength} characters.");

    public static Error SeverityUnknown { get; } =
        new(ErrorKind.Invalid, "bugs.severity_unknown", $"The severity is critical, high, medium or low.");

    public static Error AttachmentInvalid { get; } = new(
        ErrorKind.Invalid,
        "bugs.picture_invalid",
        $"A picture is a PNG, JPEG or WebP file of at most {AttachmentMaxMegabytes} MB. Choose another one, or send the report without it.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "bugs.not_found", $"There is no such report.");

    public static Error AlreadySent { get; } = new(ErrorKind.Conflict, "bugs.already_sent", $"This report was sent already.");
}
