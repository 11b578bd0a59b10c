using System.Collections.Concurrent;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>Observations of this process. Each adapter records the outcome of its calls, which costs no extra request.</summary>
internal sealed class ServiceHealthTracker(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ServiceObservation> observations = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ServiceObservation> Observations => observations;

    /// <param name="service">Identifier of its <see cref="ExternalServiceDescriptor"/>.</param>
    public void RecordSuccess(string service, Uri server) => Record(service, server, fault: null);

    public void RecordFailure(string service, Uri server, ServiceFault fault) => Record(service, server, fault);

    public void Record(string service, Uri server, ServiceFault? fault)
    {
        var observation = ServiceObservation.Create(server.Authority, fault, clock.GetUtcNow());
        observations.AddOrUpdate(service, observation, (_, previous) => observation.Merge(previous));
    }
}
