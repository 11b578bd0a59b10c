using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Answers;

/// <summary>
/// Says every two seconds which answers are written here, by a key for each that ends by itself, and looks whether one of them is to
/// stop. Nothing waits for it, so an answer costs no command; one that is done before the next time is never told.
/// </summary>
internal sealed class RedisRunningAnswers(
    IConnectionMultiplexer redis,
    AnswerDesk desk,
    RedisAnswersElsewhere elsewhere,
    TimeProvider clock,
    ILogger<RedisRunningAnswers> logger) : BackgroundService, IRunningAnswers
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Some times in a row may be missed: by a busy machine, not by a process that is gone.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(12);

    private readonly RedisOutage outage = new(logger, "other processes do not know which answers are written here");

    public async Task<IReadOnlySet<TurnId>?> FindAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken)
    {
        try
        {
            var told = await Task.WhenAll(turns.Select(turn => redis.GetDatabase().KeyExistsAsync(KeyOf(turn)))).WaitAsync(cancellationToken);

            return turns.Where((_, position) => told[position]).ToHashSet();
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            return null;
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
                await TellAsync(desk.Running);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is still written here ends with this process, and is stored by it.
        }
    }

    private async Task TellAsync(IReadOnlyCollection<RunningAnswer> answers)
    {
        try
        {
            await Task.WhenAll(answers.Select(TellAsync));
            outage.Ended();
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
        }
    }

    private async Task TellAsync(RunningAnswer answer)
    {
        var books = redis.GetDatabase();
        RedisKey[] stops = [RedisAnswersElsewhere.KeyOf(answer.TurnId.Value), RedisAnswersElsewhere.KeyOf(answer.ConversationId.Value)];
        var told = books.StringSetAsync(KeyOf(answer.TurnId), RedisValue.EmptyString, Lifetime);
        if ((await Task.WhenAll(stops.Select(stop => books.KeyExistsAsync(stop)))).Contains(true))
        {
            elsewhere.StopHere(answer.TurnId);
        }

        await told;
    }

    private static RedisKey KeyOf(TurnId turn) => $"jarvis:answers:running:{turn}";
}
