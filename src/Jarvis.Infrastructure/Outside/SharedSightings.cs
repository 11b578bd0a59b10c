using System.Text.Json;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Outside;

/// <summary>
/// Brings what this process saw to where all processes look: the web shows what only the worker uses. While Redis is away each
/// knows its own; two that write at once may lose since when it is, and nothing else.
/// </summary>
internal sealed class SharedSightings(IConnectionMultiplexer redis, OutsideJournal journal, TimeProvider clock, ILogger<SharedSightings> logger)
    : BackgroundService
{
    public const string Key = "jarvis:outside";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>How old what is shared may be while nothing changes.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly RedisOutage outage = new(logger, "how the systems outside are doing is known to this process alone");
    private readonly Dictionary<string, Sighting> shared = new(StringComparer.Ordinal);

    /// <summary>By id; empty while Redis is away.</summary>
    public async Task<IReadOnlyDictionary<string, Sighting>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var entries = await redis.GetDatabase().HashGetAllAsync(Key).WaitAsync(cancellationToken);

            return entries
                .Select(entry => (Id: (string)entry.Name!, Seen: Read(entry.Value)))
                .Where(entry => entry.Seen is not null)
                .ToDictionary(entry => entry.Id, entry => entry.Seen!);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            return new Dictionary<string, Sighting>();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryShareAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryShareAsync();
        }
    }

    private async Task TryShareAsync()
    {
        try
        {
            foreach (var (id, seen) in journal.Sightings.Where(pair => IsNews(pair.Key, pair.Value)))
            {
                var before = Read(await redis.GetDatabase().HashGetAsync(Key, id));
                await redis.GetDatabase().HashSetAsync(Key, id, JsonSerializer.Serialize(seen.With(before)));
                shared[id] = seen;
                outage.Ended();
            }
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
        }
    }

    private bool IsNews(string id, Sighting seen) =>
        !shared.TryGetValue(id, out var last) || last.Fault != seen.Fault || last.Server != seen.Server || seen.At - last.At >= Fresh;

    private static Sighting? Read(RedisValue value)
    {
        try
        {
            return value.IsNullOrEmpty ? null : JsonSerializer.Deserialize<Sighting>((string)value!);
        }
        catch (JsonException)
        {
            // Another version's, or a stranger's: the next sighting takes its place.
            return null;
        }
    }
}
