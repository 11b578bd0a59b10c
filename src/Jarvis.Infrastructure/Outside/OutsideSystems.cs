using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Outside;

internal sealed class OutsideSystems(OutsideCatalogue catalogue, OutsideJournal journal, SharedSightings sightings) : IOutsideSystems
{
    public async Task<IReadOnlyList<OutsideSystem>> ListAsync(CancellationToken cancellationToken)
    {
        var shared = await sightings.ReadAsync(cancellationToken);

        return [.. catalogue.All.Select(system => StateOf(system, shared.GetValueOrDefault(system.Id)))];
    }

    private OutsideSystem StateOf(KnownSystem system, Sighting? shared)
    {
        if (system.Address is not { Authority: var server })
        {
            return new OutsideSystem(system.Id, Server: null, system.Settings, OutsideState.Off);
        }

        var seen = journal.Sightings.GetValueOrDefault(system.Id)?.With(shared) ?? shared;

        return seen switch
        {
            { Fault: not null, WorkedAt: null } when system.IsGuess && seen.Server == server => new OutsideSystem(system.Id, server, system.Settings, OutsideState.Off),
            { Server: var at } when at == server => new OutsideSystem(
                system.Id, server, system.Settings, seen.Fault is null ? OutsideState.Working : OutsideState.Failing, seen.Since, seen.At, seen.Fault),
            _ => new OutsideSystem(system.Id, server, system.Settings, OutsideState.Unseen),
        };
    }
}
