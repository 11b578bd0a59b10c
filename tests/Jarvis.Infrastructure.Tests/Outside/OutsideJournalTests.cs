using System.Net;
using Jarvis.Application.Administration;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Outside;

public sealed class OutsideJournalTests
{
    private static readonly Uri Server = new("http://server:8000/v1");

    private readonly FakeTimeProvider clock = new();
    private readonly OutsideJournal journal;

    public OutsideJournalTests() => journal = new OutsideJournal(clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    private Sighting Seen => journal.Sightings["system"];

    [Fact]
    public void It_fails_since_the_first_failure_in_a_row_and_for_the_latest_reason()
    {
        journal.Worked("system", Server);
        var worked = Now;
        clock.Advance(TimeSpan.FromMinutes(1));
        var first = Now;
        journal.Failed("system", Server, OutsideFaults.Silent);
        clock.Advance(TimeSpan.FromMinutes(1));

        journal.Failed("system", Server, OutsideFaults.Of(HttpStatusCode.BadGateway));

        Seen.Should().Be(new Sighting("server:8000", first, Now, worked, new OutsideFault(OutsideTrouble.Failed, 502)));
    }

    [Fact]
    public void It_works_since_it_answered_again()
    {
        journal.Failed("system", Server, OutsideFaults.Silent);
        clock.Advance(TimeSpan.FromMinutes(1));
        var again = Now;
        journal.Worked("system", Server);
        clock.Advance(TimeSpan.FromMinutes(1));

        journal.Worked("system", Server);

        Seen.Should().Be(new Sighting("server:8000", again, Now, Now, Fault: null));
    }

    [Fact]
    public void What_was_seen_at_another_server_does_not_count()
    {
        journal.Failed("system", new Uri("http://before:8000"), OutsideFaults.Silent);
        clock.Advance(TimeSpan.FromMinutes(1));

        journal.Failed("system", Server, OutsideFaults.Silent);

        Seen.Should().Be(new Sighting("server:8000", Now, Now, WorkedAt: null, OutsideFaults.Silent));
    }

    [Fact]
    public void Of_two_sightings_the_later_holds_with_what_the_earlier_knows()
    {
        var earlier = Sighting.Of("server", OutsideFaults.Silent, Now);
        var worked = Sighting.Of("server", fault: null, Now.AddMinutes(-5));
        var later = Sighting.Of("server", OutsideFaults.BadAnswer, Now.AddMinutes(1));

        later.With(earlier.With(worked)).Should().Be(new Sighting("server", Now, Now.AddMinutes(1), Now.AddMinutes(-5), OutsideFaults.BadAnswer));
        earlier.With(later).Should().Be(later.With(earlier));
    }

    public static TheoryData<Exception, OutsideTrouble> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError), OutsideTrouble.Unreachable },
        { new HttpRequestException(HttpRequestError.NameResolutionError), OutsideTrouble.UnknownName },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), OutsideTrouble.Insecure },
        { new HttpRequestException(HttpRequestError.ResponseEnded), OutsideTrouble.BadAnswer },
        { new HttpRequestException(HttpRequestError.InvalidResponse), OutsideTrouble.BadAnswer },
        { new HttpRequestException("refused", null, HttpStatusCode.Forbidden), OutsideTrouble.KeyRefused },
        { new HttpRequestException("failed", null, HttpStatusCode.ServiceUnavailable), OutsideTrouble.Failed },
        { new HttpRequestException("limited", null, HttpStatusCode.TooManyRequests), OutsideTrouble.Busy },
        { new HttpRequestException("moved", null, HttpStatusCode.Found), OutsideTrouble.BadAnswer },
        { new OperationCanceledException(), OutsideTrouble.Silent },
        { new IOException(), OutsideTrouble.BadAnswer },
        { new System.Text.Json.JsonException(), OutsideTrouble.BadAnswer },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failed_call_says_what_is_wrong_with_the_server(Exception failure, OutsideTrouble trouble) =>
        OutsideFaults.Of(failure).Trouble.Should().Be(trouble);
}
