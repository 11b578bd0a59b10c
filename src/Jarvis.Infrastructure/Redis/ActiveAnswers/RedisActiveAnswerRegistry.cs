using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.ActiveAnswers;

/// <summary>
/// Publishes every two seconds which answers this process generates, with an expiring key for each, and checks whether another
/// process requested a stop. Answers don't wait for it. An answer that completes before the next heartbeat is never published.
/// </summary>
internal sealed class RedisActiveAnswerRegistry(
    IConnectionMultiplexer redis,
    AnswerGenerator generator,
    RedisAnswerCancellationBus cancellationBus,
    TimeProvider clock,
    ILogger<RedisActiveAnswerRegistry> logger) : BackgroundService, IActiveAnswerRegistry
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    // A busy machine may miss a few heartbeats in a row.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(12);

    private readonly ResilientRedis resilient = new(logger, "other processes can't see which answers this process is generating");

    public Task<IReadOnlySet<TurnId>?> FindAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken) =>
        ResilientRedis.Silent.TryAsync<IReadOnlySet<TurnId>>(
            async () =>
            {
                var exists = await Task.WhenAll(turns.Select(turn => redis.GetDatabase().KeyExistsAsync(KeyFor(turn))));

                return turns.Where((_, position) => exists[position]).ToHashSet();
            },
            cancellationToken: cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await resilient.TryAsync(() => Task.WhenAll(generator.Running.Select(PublishAsync)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This process stores the answers that it stops now, so they need no heartbeat.
        }
    }

    private async Task PublishAsync(AnswerStream answer)
    {
        var database = redis.GetDatabase();
        RedisKey[] stopKeys = [RedisAnswerCancellationBus.KeyFor(answer.TurnId.Value), RedisAnswerCancellationBus.KeyFor(answer.ConversationId.Value)];
        var heartbeat = database.StringSetAsync(KeyFor(answer.TurnId), RedisValue.EmptyString, Lifetime);
        if ((await Task.WhenAll(stopKeys.Select(key => database.KeyExistsAsync(key)))).Contains(true))
        {
            cancellationBus.StopLocally(answer.TurnId);
        }

        await heartbeat;
    }

    private static RedisKey KeyFor(TurnId turn) => $"jarvis:answers:running:{turn}";
}
