using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.ActiveAnswers;

/// <summary>
/// Says every two seconds which answers are written here, by a key for each that ends by itself, and looks whether one of them is to
/// stop. Nothing waits for it, so an answer costs no command; one that is done before the next time is never told.
/// </summary>
internal sealed class RedisActiveAnswerRegistry(
    IConnectionMultiplexer redis,
    AnswerGenerator generator,
    RedisAnswerCancellationBus cancellationBus,
    TimeProvider clock,
    ILogger<RedisActiveAnswerRegistry> logger) : BackgroundService, IActiveAnswerRegistry
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>Some times in a row may be missed: by a busy machine, not by a process that is gone.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(12);

    private readonly RedisOutageLogger outage = new(logger, "other processes can't see which answers this process is generating");

    public async Task<IReadOnlySet<TurnId>?> FindAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken)
    {
        try
        {
            var told = await Task.WhenAll(turns.Select(turn => redis.GetDatabase().KeyExistsAsync(KeyFor(turn)))).WaitAsync(cancellationToken);

            return turns.Where((_, position) => told[position]).ToHashSet();
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        using var timer = new PeriodicTimer(HeartbeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PublishAsync(generator.Running);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is still written here ends with this process, and is stored by it.
        }
    }

    private async Task PublishAsync(IReadOnlyCollection<AnswerStream> answers)
    {
        try
        {
            await Task.WhenAll(answers.Select(PublishAsync));
            outage.ReportSuccess();
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
        }
    }

    private async Task PublishAsync(AnswerStream answer)
    {
        var books = redis.GetDatabase();
        RedisKey[] stops = [RedisAnswerCancellationBus.KeyFor(answer.TurnId.Value), RedisAnswerCancellationBus.KeyFor(answer.ConversationId.Value)];
        var told = books.StringSetAsync(KeyFor(answer.TurnId), RedisValue.EmptyString, Lifetime);
        if ((await Task.WhenAll(stops.Select(stop => books.KeyExistsAsync(stop)))).Contains(true))
        {
            cancellationBus.StopLocally(answer.TurnId);
        }

        await told;
    }

    private static RedisKey KeyFor(TurnId turn) => $"jarvis:answers:running:{turn}";
}
