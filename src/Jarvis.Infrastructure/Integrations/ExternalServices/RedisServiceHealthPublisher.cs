using System.Text.Json;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>
/// Brings what this process saw to where all processes look: the web shows what only the worker uses. While Redis is away each
/// knows its own; two that write at once may lose since when it is, and nothing else.
/// </summary>
internal sealed class RedisServiceHealthPublisher(IConnectionMultiplexer redis, ServiceHealthTracker tracker, TimeProvider clock, ILogger<RedisServiceHealthPublisher> logger)
    : BackgroundService
{
    public const string Key = "jarvis:outside";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How old what is shared may be while nothing changes.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly RedisOutageLogger outage = new(logger, "the status of connected services isn't shared with other processes");
    private readonly Dictionary<string, ServiceObservation> shared = new(StringComparer.Ordinal);

    /// <summary>By id; empty while Redis is away.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceObservation>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var entries = await redis.GetDatabase().HashGetAllAsync(Key).WaitAsync(cancellationToken);

            return entries
                .Select(entry => (Id: (string)entry.Name!, Seen: Read(entry.Value)))
                .Where(entry => entry.Seen is not null)
                .ToDictionary(entry => entry.Id, entry => entry.Seen!);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            return new Dictionary<string, ServiceObservation>();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryPublishAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryPublishAsync();
        }
    }

    private async Task TryPublishAsync()
    {
        try
        {
            foreach (var (id, seen) in tracker.Observations.Where(pair => HasChanged(pair.Key, pair.Value)))
            {
                var before = Read(await redis.GetDatabase().HashGetAsync(Key, id));
                await redis.GetDatabase().HashSetAsync(Key, id, JsonSerializer.Serialize(seen.Merge(before)));
                shared[id] = seen;
                outage.ReportSuccess();
            }
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
        }
    }

    private bool HasChanged(string id, ServiceObservation seen) =>
        !shared.TryGetValue(id, out var last) || last.Fault != seen.Fault || last.Server != seen.Server || seen.At - last.At >= Fresh;

    private static ServiceObservation? Read(RedisValue value)
    {
        try
        {
            return value.IsNullOrEmpty ? null : JsonSerializer.Deserialize<ServiceObservation>((string)value!);
        }
        catch (JsonException)
        {
            // Another version's, or a stranger's: the next sighting takes its place.
            return null;
        }
    }
}
