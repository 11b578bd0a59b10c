using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.TestSupport;

namespace Jarvis.Domain.Tests.BugReports;

public sealed class BugReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Error Reason = new(ErrorKind.Unavailable, "test.unavailable", $"Unavailable for {3} days.");

    [Fact]
    public void Secrets_are_redacted_from_title_and_description()
    {
        var report = CreateReport(title: Secrets.PastedToken + " fails", description: "Password=" + Secrets.PastedPassword);

        report.Title.Should().Be("[removed] fails");
        report.Description.Should().Be("Password=[removed]");
    }

    [Fact]
    public void Redacted_description_stays_within_the_maximum_length()
    {
        var report = CreateReport(description: string.Concat(Enumerable.Repeat("pwd=a ", BugReport.DescriptionMaxLength / 6)));

        report.Description.Should().HaveLength(BugReport.DescriptionMaxLength);
    }

    [Fact]
    public void Report_may_already_exist_from_the_second_attempt()
    {
        var report = CreateReport();

        report.LeasedUntil(Now.AddMinutes(3));
        var first = report.MayAlreadyExist;
        report.LeasedUntil(Now.AddMinutes(3));

        first.Should().BeFalse();
        report.MayAlreadyExist.Should().BeTrue();
    }

    [Fact]
    public void Retry_does_not_make_a_report_due_while_it_is_being_sent()
    {
        var report = CreateReport();
        report.Fail(Reason, BugReportStatus.Rejected, Now.AddHours(6));
        report.LeasedUntil(Now.AddMinutes(3));

        report.Retry(Now);

        report.DueAt.Should().Be(Now.AddMinutes(3));
    }

    [Fact]
    public void Retry_makes_a_rejected_report_due_immediately()
    {
        var report = CreateReport();
        report.Fail(Reason, BugReportStatus.Rejected, Now.AddHours(6));

        report.Retry(Now);

        report.Should().BeEquivalentTo(new { Status = BugReportStatus.Queued, DueAt = Now, Failure = new { Code = "test.unavailable", Arguments = new[] { "3" } } });
    }

    [Fact]
    public void Sent_report_has_no_attachment_and_no_failure()
    {
        var report = CreateReport(picture: BugReportAttachment.Create([0xFF, 0xD8, 0xFF, 0xE0]));
        report.Fail(Reason, BugReportStatus.Queued, Now);

        report.Send(7, new Uri("https://dev.azure.com/contoso/p/_workitems/edit/7"), Now);

        report.Should().BeEquivalentTo(new { Status = BugReportStatus.Sent, WorkItemId = 7, Failure = StoredError.None, SentAt = Now });
        report.Attachment.Should().BeNull();
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0 }, "picture.png")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xDB }, "picture.jpeg")]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50, 0 }, "picture.webp")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61 }, null)]
    [InlineData(new byte[] { 0x3C, 0x73, 0x76, 0x67 }, null)]
    [InlineData(new byte[0], null)]
    public void Attachment_type_is_detected_from_its_first_bytes(byte[] content, string? fileName) => (BugReportAttachment.Create(content)?.FileName).Should().Be(fileName);

    [Fact]
    public void Oversized_attachment_is_rejected()
    {
        BugReportAttachment.Create([0xFF, 0xD8, 0xFF, .. new byte[BugReportAttachment.MaxBytes - 3]]).Should().NotBeNull();
        BugReportAttachment.Create([0xFF, 0xD8, 0xFF, .. new byte[BugReportAttachment.MaxBytes - 2]]).Should().BeNull();
    }

    private static BugReport CreateReport(string title = "It breaks", string description = "Always", BugReportAttachment? picture = null) =>
        BugReport.Write(UserId.New(Now), title, description, BugSeverity.Low, picture, "1.0", traceId: null, Now);
}
