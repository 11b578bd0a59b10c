using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.ActiveAnswers;

/// <summary>
/// Tells all processes through Redis, this one too, which answers shall stop, and stops those that are written here. A message
/// is <c>turn:ID</c> or <c>conversation:ID</c>; what says anything else is left alone. A message is lost with the connection that
/// it would have come by, and the driver has forgotten what to listen to after one: so a key says it as well, which
/// <see cref="RedisActiveAnswerRegistry"/> looks for.
/// </summary>
internal sealed class RedisAnswerCancellationBus(IConnectionMultiplexer redis, AnswerGenerator generator, ILogger<RedisAnswerCancellationBus> logger)
    : IAnswerCancellationBus, IHostedService
{
    private const string Turn = "turn";
    private const string Conversation = "conversation";
    private static readonly RedisChannel Channel = RedisChannel.Literal("jarvis:answers:stop");

    /// <summary>Longer than some looks for it.</summary>
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromSeconds(10);

    private readonly RedisOutageLogger outage = new(logger, "answers can be stopped only in the process that generates them");

    public void PublishStop(TurnId turn) => _ = SendAsync(Turn, turn.Value);

    public void PublishStopAll(ConversationId conversation) => _ = SendAsync(Conversation, conversation.Value);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not waited for: while Redis is away the driver keeps in mind what to listen to.
        _ = TryAsync(() => redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => Read(message.ToString())));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => TryAsync(() => redis.GetSubscriber().UnsubscribeAsync(Channel));

    /// <summary>Is there for some seconds after the turn, or all of the conversation, was to stop.</summary>
    public static RedisKey KeyFor(Guid turnOrConversation) => $"jarvis:answers:stop:{turnOrConversation}";

    /// <summary>Stops it if it is written here, and takes its key away: it may be tried again at once.</summary>
    public void StopLocally(TurnId turn)
    {
        if (generator.TryStop(turn))
        {
            _ = TryAsync(() => redis.GetDatabase().KeyDeleteAsync(KeyFor(turn.Value)));
        }
    }

    private async Task SendAsync(string what, Guid id) => await TryAsync(() => Task.WhenAll(
        redis.GetDatabase().StringSetAsync(KeyFor(id), RedisValue.EmptyString, KeyLifetime),
        redis.GetSubscriber().PublishAsync(Channel, $"{what}:{id}")));

    private void Read(string message)
    {
        switch (message.Split(':'))
        {
            case [Turn, var id] when Guid.TryParse(id, out var turn):
                StopLocally(TurnId.From(turn));
                break;
            case [Conversation, var id] when Guid.TryParse(id, out var conversation):
                generator.StopAll(ConversationId.From(conversation));
                break;
        }
    }

    private async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            outage.ReportSuccess();
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
        }
    }
}
