using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

internal sealed class ExternalServices(
    IEnumerable<ExternalServiceDescriptor> services,
    ServiceHealthTracker tracker,
    RedisServiceHealthPublisher publisher) : IExternalServices
{
    private readonly IReadOnlyList<ExternalServiceDescriptor> all = [.. services];

    public async Task<IReadOnlyList<ExternalService>> ListAsync(CancellationToken cancellationToken)
    {
        var shared = await publisher.ReadAsync(cancellationToken);

        return [.. all.Select(service => GetStatus(service, shared.GetValueOrDefault(service.Id)))];
    }

    private ExternalService GetStatus(ExternalServiceDescriptor service, ServiceObservation? shared)
    {
        if (service.Address is not { Authority: var server })
        {
            return new ExternalService(service.Id, Server: null, service.Settings, ServiceStatus.Off);
        }

        var observation = tracker.Observations.GetValueOrDefault(service.Id)?.Merge(shared) ?? shared;

        return observation switch
        {
            { Fault: not null, WorkedAt: null } when service.IsGuess && observation.Server == server =>
                new ExternalService(service.Id, server, service.Settings, ServiceStatus.Off),
            { Server: var observed } when observed == server => new ExternalService(
                service.Id,
                server,
                service.Settings,
                observation.Fault is null ? ServiceStatus.Working : ServiceStatus.Failing,
                observation.Since,
                observation.At,
                observation.Fault),
            _ => new ExternalService(service.Id, server, service.Settings, ServiceStatus.Unknown),
        };
    }
}
