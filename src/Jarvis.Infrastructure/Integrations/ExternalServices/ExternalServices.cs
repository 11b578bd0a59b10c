using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

internal sealed class ExternalServices(ExternalServiceCatalog catalogue, ServiceHealthTracker tracker, RedisServiceHealthPublisher sightings) : IExternalServices
{
    public async Task<IReadOnlyList<ExternalService>> ListAsync(CancellationToken cancellationToken)
    {
        var shared = await sightings.ReadAsync(cancellationToken);

        return [.. catalogue.All.Select(system => GetStatus(system, shared.GetValueOrDefault(system.Id)))];
    }

    private ExternalService GetStatus(ExternalServiceDescriptor system, ServiceObservation? shared)
    {
        if (system.Address is not { Authority: var server })
        {
            return new ExternalService(system.Id, Server: null, system.Settings, ServiceStatus.Off);
        }

        var seen = tracker.Observations.GetValueOrDefault(system.Id)?.Merge(shared) ?? shared;

        return seen switch
        {
            { Fault: not null, WorkedAt: null } when system.IsGuess && seen.Server == server => new ExternalService(system.Id, server, system.Settings, ServiceStatus.Off),
            { Server: var at } when at == server => new ExternalService(
                system.Id, server, system.Settings, seen.Fault is null ? ServiceStatus.Working : ServiceStatus.Failing, seen.Since, seen.At, seen.Fault),
            _ => new ExternalService(system.Id, server, system.Settings, ServiceStatus.Unknown),
        };
    }
}
