using Jarvis.Application.BugReports;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.BugReports;

public sealed class SendNextBugReportTests : IAsyncLifetime
{
    private static readonly BugReportPatience Patience =
        new(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));

    private UseCases useCases = null!;

    public async ValueTask InitializeAsync()
    {
        useCases = await UseCases.StartAsync();
        useCases.Tracker.IsConfigured.Returns(true);
    }

    public ValueTask DisposeAsync() => useCases.DisposeAsync();

    [Fact]
    public async Task Without_a_tracker_nothing_is_taken()
    {
        useCases.Tracker.IsConfigured.Returns(false);
        await WriteAsync();

        (await SendAsync()).State.Should().Be(BugReportRoundState.Off);

        (await ReportAsync()).Attempts.Should().Be(0);
    }

    [Fact]
    public async Task Attempts_that_time_may_mend_wait_twice_as_long_each_time_up_to_a_longest()
    {
        await WriteAsync();
        Answer(new Error(ErrorKind.Unavailable, "test.away", $"Away."));
        var waits = new List<TimeSpan>();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await SendAsync()).State.Should().Be(BugReportRoundState.NotSent);
            var next = (await ReportAsync()).NextAttemptAt;
            waits.Add(next - useCases.Clock.GetUtcNow());
            (await SendAsync()).State.Should().Be(BugReportRoundState.NothingDue);
            useCases.Clock.Advance(waits[^1]);
        }

        waits.Select(wait => Math.Round(wait.TotalSeconds)).Should().Equal(10, 20, 40, 60, 60);
    }

    [Theory]
    [InlineData(ErrorKind.LimitReached, BugReportStatus.Queued, 300)]
    [InlineData(ErrorKind.UpstreamFailed, BugReportStatus.Queued, 300)]
    [InlineData(ErrorKind.Forbidden, BugReportStatus.Refused, 6 * 60 * 60)]
    [InlineData(ErrorKind.Invalid, BugReportStatus.Refused, 6 * 60 * 60)]
    [InlineData(ErrorKind.NotFound, BugReportStatus.Refused, 6 * 60 * 60)]
    public async Task The_tracker_is_left_alone_as_long_as_it_says_and_seldom_asked_for_what_it_refuses(ErrorKind kind, BugReportStatus status, int seconds)
    {
        await WriteAsync();
        Answer(new Error(kind, "test.refused", $"Because of {7}.") { RetryAfter = TimeSpan.FromMinutes(5) });

        await SendAsync();

        var report = await ReportAsync();
        report.Status.Should().Be(status);
        (report.NextAttemptAt - useCases.Clock.GetUtcNow()).Should().BeCloseTo(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(1));
        report.FailureArguments.Should().Equal("7");
    }

    [Fact]
    public async Task While_one_sends_a_report_nobody_else_takes_it_until_the_lease_ends()
    {
        await WriteAsync();
        var during = new List<BugReportRoundState>();
        useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(async _ =>
        {
            during.Add((await SendAsync()).State);

            return Result<FiledBug>.Success(new FiledBug(1, new Uri("https://example.org/1")));
        });

        var sent = await SendAsync();

        sent.State.Should().Be(BugReportRoundState.Sent);
        during.Should().Equal(BugReportRoundState.NothingDue);
    }

    [Fact]
    public async Task One_that_lost_its_lease_stores_nothing()
    {
        await WriteAsync();
        var attempt = 0;
        useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(async _ =>
        {
            if (++attempt > 1)
            {
                return Result<FiledBug>.Success(new FiledBug(2, new Uri("https://example.org/2")));
            }

            useCases.Clock.Advance(Patience.Lease);
            await SendAsync();

            return Result<FiledBug>.Failure(new Error(ErrorKind.Forbidden, "test.refused", $"No."));
        });

        var overtaken = () => SendAsync();

        await overtaken.Should().ThrowAsync<DbUpdateConcurrencyException>();
        (await ReportAsync()).Should().BeEquivalentTo(new { Status = BugReportStatus.Sent, WorkItemId = 2 });
    }

    [Fact]
    public async Task An_attempt_has_half_of_the_lease()
    {
        await WriteAsync();
        Answer(new FiledBug(1, new Uri("https://example.org/1")));

        await SendAsync();

        await useCases.Tracker.Received(1).FileAsync(Arg.Any<BugReport>(), Patience.Lease / 2, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_when_a_worker_starts_and_what_is_on_its_way_is_not()
    {
        await WriteAsync();
        Answer(new Error(ErrorKind.Forbidden, "test.refused", $"No."));
        await SendAsync();
        await useCases.SaveAsync(db => db.BugReports.Single().Take(Patience.Lease, useCases.Clock.GetUtcNow()));

        (await useCases.SendAsync(new RetryRefusedBugReports())).Should().Be(0);
        await useCases.SaveAsync(db => db.BugReports.Single().Fail(new Error(ErrorKind.Forbidden, "test.refused", $"No."), BugReportStatus.Refused, useCases.Clock.GetUtcNow().AddHours(6)));
        (await useCases.SendAsync(new RetryRefusedBugReports())).Should().Be(1);

        (await SendAsync()).State.Should().Be(BugReportRoundState.NotSent);
    }

    private void Answer(Result<FiledBug> answer) => useCases.Tracker.FileAsync(default!, default, default).ReturnsForAnyArgs(answer);

    private async Task WriteAsync() => (await useCases.SendAsync(new WriteBugReport(useCases.Person, "It breaks", "Always", BugSeverity.Low, Picture: null, TraceId: null))).Error.Should().BeNull();

    private Task<BugReportRound> SendAsync() => useCases.SendAsync(new SendNextBugReport(Patience));

    private Task<BugReport> ReportAsync() => useCases.DbAsync(db => db.BugReports.AsNoTracking().SingleAsync());
}
