using System.Text.Json;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>
/// Publishes the observations of this process to the others, so that the web process shows services that only the worker uses.
/// During an outage of Redis each process knows only its own. Concurrent writes may lose the start of a state, but nothing else.
/// </summary>
internal sealed class RedisServiceHealthPublisher(IConnectionMultiplexer redis, ServiceHealthTracker tracker, TimeProvider clock, ILogger<RedisServiceHealthPublisher> logger)
    : BackgroundService
{
    public const string Key = "jarvis:outside";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Maximum age of a published observation whose state doesn't change.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly ResilientRedis resilient = new(logger, "the status of connected services isn't shared with other processes");
    private readonly Dictionary<string, ServiceObservation> published = new(StringComparer.Ordinal);

    /// <summary>Returns the published observations by service id; empty during an outage.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceObservation>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = await ResilientRedis.Silent.TryAsync(() => redis.GetDatabase().HashGetAllAsync(Key), fallback: [], cancellationToken);

        return entries!
            .Select(entry => (Id: (string)entry.Name!, Observation: Parse(entry.Value)))
            .Where(entry => entry.Observation is not null)
            .ToDictionary(entry => entry.Id, entry => entry.Observation!);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PublishAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await PublishAsync();
        }
    }

    private async Task PublishAsync()
    {
        foreach (var (id, observation) in tracker.Observations.Where(pair => HasChanged(pair.Key, pair.Value)))
        {
            if (!await resilient.TryAsync(() => PublishAsync(id, observation)))
            {
                return;
            }

            published[id] = observation;
        }
    }

    private async Task PublishAsync(string id, ServiceObservation observation)
    {
        var previous = Parse(await redis.GetDatabase().HashGetAsync(Key, id));
        await redis.GetDatabase().HashSetAsync(Key, id, JsonSerializer.Serialize(observation.Merge(previous)));
    }

    private bool HasChanged(string id, ServiceObservation current) =>
        !published.TryGetValue(id, out var last) || last.Fault != current.Fault || last.Server != current.Server || current.At - last.At >= MaxAge;

    private static ServiceObservation? Parse(RedisValue value)
    {
        try
        {
            return value.IsNullOrEmpty ? null : JsonSerializer.Deserialize<ServiceObservation>((string)value!);
        }
        catch (JsonException)
        {
            // Written by another version or another program. The next observation replaces it.
            return null;
        }
    }
}
