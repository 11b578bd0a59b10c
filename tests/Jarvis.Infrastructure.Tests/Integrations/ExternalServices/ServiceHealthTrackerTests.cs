using System.Net;
using Jarvis.Application.Administration;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Integrations.ExternalServices;

public sealed class ServiceHealthTrackerTests
{
    private static readonly Uri Server = new("http://server:8000/v1");

    private readonly FakeTimeProvider clock = new();
    private readonly ServiceHealthTracker tracker;

    public ServiceHealthTrackerTests() => tracker = new ServiceHealthTracker(clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    private ServiceObservation Observation => tracker.Observations["system"];

    [Fact]
    public void Failure_keeps_time_of_first_failure_and_latest_reason()
    {
        tracker.RecordSuccess("system", Server);
        var success = Now;
        clock.Advance(TimeSpan.FromMinutes(1));
        var first = Now;
        tracker.RecordFailure("system", Server, ServiceFaultMapper.Timeout);
        clock.Advance(TimeSpan.FromMinutes(1));

        tracker.RecordFailure("system", Server, ServiceFaultMapper.From(HttpStatusCode.BadGateway));

        Observation.Should().Be(new ServiceObservation("server:8000", first, Now, success, new ServiceFault(ServiceFaultKind.Failed, 502)));
    }

    [Fact]
    public void Recovery_time_is_the_first_success_after_a_failure()
    {
        tracker.RecordFailure("system", Server, ServiceFaultMapper.Timeout);
        clock.Advance(TimeSpan.FromMinutes(1));
        var recovery = Now;
        tracker.RecordSuccess("system", Server);
        clock.Advance(TimeSpan.FromMinutes(1));

        tracker.RecordSuccess("system", Server);

        Observation.Should().Be(new ServiceObservation("server:8000", recovery, Now, Now, Fault: null));
    }

    [Fact]
    public void Observation_of_another_address_is_discarded()
    {
        tracker.RecordFailure("system", new Uri("http://before:8000"), ServiceFaultMapper.Timeout);
        clock.Advance(TimeSpan.FromMinutes(1));

        tracker.RecordFailure("system", Server, ServiceFaultMapper.Timeout);

        Observation.Should().Be(new ServiceObservation("server:8000", Now, Now, WorkedAt: null, ServiceFaultMapper.Timeout));
    }

    [Fact]
    public void Merge_keeps_latest_fault_first_failure_and_last_success()
    {
        var earlier = ServiceObservation.Create("server", ServiceFaultMapper.Timeout, Now);
        var success = ServiceObservation.Create("server", fault: null, Now.AddMinutes(-5));
        var later = ServiceObservation.Create("server", ServiceFaultMapper.InvalidResponse, Now.AddMinutes(1));

        later.Merge(earlier.Merge(success)).Should().Be(new ServiceObservation("server", Now, Now.AddMinutes(1), Now.AddMinutes(-5), ServiceFaultMapper.InvalidResponse));
        earlier.Merge(later).Should().Be(later.Merge(earlier));
    }

    public static TheoryData<Exception, ServiceFaultKind> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError), ServiceFaultKind.Unreachable },
        { new HttpRequestException(HttpRequestError.NameResolutionError), ServiceFaultKind.DnsFailure },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), ServiceFaultKind.TlsFailure },
        { new HttpRequestException(HttpRequestError.ResponseEnded), ServiceFaultKind.InvalidResponse },
        { new HttpRequestException(HttpRequestError.InvalidResponse), ServiceFaultKind.InvalidResponse },
        { new HttpRequestException("refused", null, HttpStatusCode.Forbidden), ServiceFaultKind.Unauthorized },
        { new HttpRequestException("failed", null, HttpStatusCode.ServiceUnavailable), ServiceFaultKind.Failed },
        { new HttpRequestException("limited", null, HttpStatusCode.TooManyRequests), ServiceFaultKind.RateLimited },
        { new HttpRequestException("moved", null, HttpStatusCode.Found), ServiceFaultKind.InvalidResponse },
        { new OperationCanceledException(), ServiceFaultKind.Timeout },
        { new IOException(), ServiceFaultKind.InvalidResponse },
        { new System.Text.Json.JsonException(), ServiceFaultKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Exception_is_mapped_to_service_fault_kind(Exception failure, ServiceFaultKind kind) =>
        ServiceFaultMapper.From(failure).Kind.Should().Be(kind);
}
