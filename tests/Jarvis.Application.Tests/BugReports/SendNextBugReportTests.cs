using Jarvis.Application.BugReports;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.BugReports;

[Trait("Engine", "both")]
public sealed class SendNextBugReportTests : IAsyncLifetime
{
    private static readonly BugReportRetryPolicy Timeout =
        new(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));

    private ApplicationFixture useCases = null!;

    public async ValueTask InitializeAsync()
    {
        useCases = await ApplicationFixture.StartAsync();
        useCases.Tracker.IsConfigured.Returns(true);
    }

    public ValueTask DisposeAsync() => useCases.DisposeAsync();

    [Fact]
    public async Task Unconfigured_tracker_leaves_reports_untouched()
    {
        useCases.Tracker.IsConfigured.Returns(false);
        await WriteAsync();

        (await SendAsync()).State.Should().Be(SendBugReportStatus.Off);

        (await ReportAsync()).Attempts.Should().Be(0);
    }

    [Fact]
    public async Task Transient_failures_double_the_delay_up_to_a_maximum()
    {
        await WriteAsync();
        Answer(new Error(ErrorKind.Unavailable, "test.unavailable", $"Unavailable."));
        var waits = new List<TimeSpan>();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await SendAsync()).State.Should().Be(SendBugReportStatus.NotSent);
            var next = (await ReportAsync()).DueAt;
            waits.Add(next - useCases.Clock.GetUtcNow());
            (await SendAsync()).State.Should().Be(SendBugReportStatus.NothingDue);
            useCases.Clock.Advance(waits[^1]);
        }

        waits.Select(wait => Math.Round(wait.TotalSeconds)).Should().Equal(10, 20, 40, 60, 60);
    }

    [Theory]
    [InlineData(ErrorKind.LimitReached, BugReportStatus.Queued, 300)]
    [InlineData(ErrorKind.UpstreamFailed, BugReportStatus.Queued, 300)]
    [InlineData(ErrorKind.Forbidden, BugReportStatus.Rejected, 6 * 60 * 60)]
    [InlineData(ErrorKind.Invalid, BugReportStatus.Rejected, 6 * 60 * 60)]
    [InlineData(ErrorKind.NotFound, BugReportStatus.Rejected, 6 * 60 * 60)]
    public async Task Retry_respects_RetryAfter_and_waits_long_after_a_rejection(ErrorKind kind, BugReportStatus status, int seconds)
    {
        await WriteAsync();
        Answer(new Error(kind, "test.refused", $"Because of {7}.") { RetryAfter = TimeSpan.FromMinutes(5) });

        await SendAsync();

        var report = await ReportAsync();
        report.Status.Should().Be(status);
        (report.DueAt - useCases.Clock.GetUtcNow()).Should().BeCloseTo(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(1));
        report.Failure.Arguments.Should().Equal("7");
    }

    [Fact]
    public async Task Leased_report_is_not_taken_by_another_worker()
    {
        await WriteAsync();
        var whileSending = new List<SendBugReportStatus>();
        useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(async _ =>
        {
            whileSending.Add((await SendAsync()).State);

            return Result<FiledBug>.Success(new FiledBug(1, new Uri("https://example.org/1")));
        });

        var sent = await SendAsync();

        sent.State.Should().Be(SendBugReportStatus.Sent);
        whileSending.Should().Equal(SendBugReportStatus.NothingDue);
    }

    [Fact]
    public async Task Worker_without_its_lease_does_not_overwrite_the_result()
    {
        await WriteAsync();
        var attempt = 0;
        useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(async _ =>
        {
            if (++attempt > 1)
            {
                return Result<FiledBug>.Success(new FiledBug(2, new Uri("https://example.org/2")));
            }

            useCases.Clock.Advance(Timeout.Lease);
            await SendAsync();

            return Result<FiledBug>.Failure(new Error(ErrorKind.Forbidden, "test.refused", $"No."));
        });

        var act = () => SendAsync();

        await act.Should().ThrowAsync<DbUpdateConcurrencyException>();
        (await ReportAsync()).Should().BeEquivalentTo(new { Status = BugReportStatus.Sent, WorkItemId = 2 });
    }

    [Fact]
    public async Task Attempt_timeout_is_half_of_the_lease()
    {
        await WriteAsync();
        Answer(new FiledBug(1, new Uri("https://example.org/1")));

        await SendAsync();

        await useCases.Tracker.Received(1).FileAsync(Arg.Any<BugReport>(), Timeout.Lease / 2, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Rejected_report_is_retried_on_worker_start_unless_being_sent()
    {
        await WriteAsync();
        Answer(new Error(ErrorKind.Forbidden, "test.refused", $"No."));
        await SendAsync();
        await useCases.SaveAsync(db => db.BugReports.Single().LeasedUntil(useCases.Clock.GetUtcNow() + Timeout.Lease));

        (await useCases.SendAsync(new RetryRefusedBugReports())).Should().Be(0);
        await useCases.SaveAsync(db => db.BugReports.Single().Fail(new Error(ErrorKind.Forbidden, "test.refused", $"No."), BugReportStatus.Rejected, useCases.Clock.GetUtcNow().AddHours(6)));
        (await useCases.SendAsync(new RetryRefusedBugReports())).Should().Be(1);

        (await SendAsync()).State.Should().Be(SendBugReportStatus.NotSent);
    }

    [Fact]
    public async Task Picture_is_kept_for_the_next_attempt_and_deleted_after_the_report_is_sent()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        await WriteAsync(png);
        var sent = new List<byte[]?>();
        useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(call =>
        {
            sent.Add(call.Arg<BugReport>().Attachment?.Content);

            return sent.Count == 1
                ? Result<FiledBug>.Failure(new Error(ErrorKind.Unavailable, "test.away", $"Away."))
                : Result<FiledBug>.Success(new FiledBug(1, new Uri("https://example.org/1")));
        });

        await SendAsync();
        useCases.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync();

        sent.Should().BeEquivalentTo([png, png]);
        (await ReportAsync()).Should().BeEquivalentTo(new { Status = BugReportStatus.Sent, Attachment = (BugReportAttachment?)null });
    }

    private void Answer(Result<FiledBug> answer) => useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(answer);

    private async Task WriteAsync(byte[]? picture = null) => (await useCases.SendAsync(new WriteBugReport(useCases.UserId, "It breaks", "Always", BugSeverity.Low, picture, TraceId: null))).Error.Should().BeNull();

    private Task<SendBugReportResult> SendAsync() => useCases.SendAsync(new SendNextBugReport(Timeout));

    private Task<BugReport> ReportAsync() => useCases.DbAsync(db => db.BugReports.AsNoTracking().SingleAsync());
}
