using System.Collections.Concurrent;
using Jarvis.Application.Administration;

namespace Jarvis.Infrastructure.Outside;

/// <summary>What this process saw of the systems outside. Whoever calls one of them writes here what came of it; that costs nothing.</summary>
internal sealed class OutsideJournal(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Sighting> sightings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Sighting> Sightings => sightings;

    /// <param name="system">Its id; see <see cref="OutsideCatalogue"/>.</param>
    public void Worked(string system, Uri server) => Note(system, server, fault: null);

    public void Failed(string system, Uri server, OutsideFault fault) => Note(system, server, fault);

    public void Note(string system, Uri server, OutsideFault? fault)
    {
        var seen = Sighting.Of(server.Authority, fault, clock.GetUtcNow());
        sightings.AddOrUpdate(system, seen, (_, before) => seen.With(before));
    }
}
