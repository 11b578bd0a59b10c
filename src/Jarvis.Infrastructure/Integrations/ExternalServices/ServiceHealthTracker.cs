using System.Collections.Concurrent;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>What this process saw of the systems outside. Whoever calls one of them writes here what came of it; that costs nothing.</summary>
internal sealed class ServiceHealthTracker(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ServiceObservation> sightings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ServiceObservation> Observations => sightings;

    /// <param name="system">Identifier of its <see cref="ExternalServiceDescriptor"/>.</param>
    public void RecordSuccess(string system, Uri server) => Record(system, server, fault: null);

    public void RecordFailure(string system, Uri server, ServiceFault fault) => Record(system, server, fault);

    public void Record(string system, Uri server, ServiceFault? fault)
    {
        var seen = ServiceObservation.Create(server.Authority, fault, clock.GetUtcNow());
        sightings.AddOrUpdate(system, seen, (_, before) => seen.Merge(before));
    }
}
