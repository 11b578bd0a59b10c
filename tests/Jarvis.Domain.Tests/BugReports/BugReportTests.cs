using Jarvis.Domain.Accounts;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Testing;

namespace Jarvis.Domain.Tests.BugReports;

public sealed class BugReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Error Reason = new(ErrorKind.Unavailable, "test.away", $"Away for {3} days.");

    [Fact]
    public void A_secret_never_becomes_a_part_of_a_report()
    {
        var report = Written(title: Secrets.PastedToken + " fails", description: "Password=" + Secrets.PastedPassword);

        report.Title.Should().Be("[removed] fails");
        report.Description.Should().Be("Password=[removed]");
    }

    [Fact]
    public void What_grows_by_taking_secrets_out_still_fits()
    {
        var report = Written(description: string.Concat(Enumerable.Repeat("pwd=a ", BugReport.DescriptionMaxLength / 6)));

        report.Description.Should().HaveLength(BugReport.DescriptionMaxLength);
    }

    [Fact]
    public void A_report_is_looked_for_from_its_second_attempt_on()
    {
        var report = Written();

        report.Take(TimeSpan.FromMinutes(3), Now);
        var first = report.MayBeThere;
        report.Take(TimeSpan.FromMinutes(3), Now);

        first.Should().BeFalse();
        report.MayBeThere.Should().BeTrue();
    }

    [Fact]
    public void A_report_that_is_on_its_way_is_not_made_due_by_asking_for_it()
    {
        var report = Written();
        report.Fail(Reason, BugReportStatus.Refused, Now.AddHours(6));
        report.Take(TimeSpan.FromMinutes(3), Now);

        report.Retry(Now);

        report.NextAttemptAt.Should().Be(Now.AddMinutes(3));
    }

    [Fact]
    public void A_report_that_was_refused_is_due_at_once_when_asked_for()
    {
        var report = Written();
        report.Fail(Reason, BugReportStatus.Refused, Now.AddHours(6));

        report.Retry(Now);

        report.Should().BeEquivalentTo(new { Status = BugReportStatus.Queued, NextAttemptAt = Now, FailureCode = "test.away", FailureArguments = new[] { "3" } });
    }

    [Fact]
    public void Once_it_was_sent_its_picture_and_the_reason_why_not_are_gone()
    {
        var report = Written(picture: BugPicture.Of([0xFF, 0xD8, 0xFF, 0xE0]));
        report.Fail(Reason, BugReportStatus.Queued, Now);

        report.Send(7, new Uri("https://dev.azure.com/contoso/p/_workitems/edit/7"), Now);

        report.Should().BeEquivalentTo(new { Status = BugReportStatus.Sent, WorkItemId = 7, FailureCode = (string?)null, SentAt = Now });
        report.Picture.Should().BeNull();
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0 }, "picture.png")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xDB }, "picture.jpeg")]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50, 0 }, "picture.webp")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61 }, null)]
    [InlineData(new byte[] { 0x3C, 0x73, 0x76, 0x67 }, null)]
    [InlineData(new byte[0], null)]
    public void A_picture_is_what_its_first_bytes_say(byte[] content, string? fileName) => (BugPicture.Of(content)?.FileName).Should().Be(fileName);

    [Fact]
    public void A_picture_that_is_too_large_is_none()
    {
        BugPicture.Of([0xFF, 0xD8, 0xFF, .. new byte[BugPicture.MaxBytes - 3]]).Should().NotBeNull();
        BugPicture.Of([0xFF, 0xD8, 0xFF, .. new byte[BugPicture.MaxBytes - 2]]).Should().BeNull();
    }

    private static BugReport Written(string title = "It breaks", string description = "Always", BugPicture? picture = null) =>
        BugReport.Write(UserId.New(Now), title, description, BugSeverity.Low, picture, "1.0", traceId: null, Now);
}
