using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.ActiveAnswers;

/// <summary>
/// Publishes stop requests through Redis to all processes, including this one, and stops the answers that this process generates.
/// A message is <c>turn:ID</c> or <c>conversation:ID</c>; other messages are ignored. Messages are lost with the connection, and
/// the driver may not subscribe again after it reconnects. So a key holds the same request, and
/// <see cref="RedisActiveAnswerRegistry"/> checks it.
/// </summary>
internal sealed class RedisAnswerCancellationBus(IConnectionMultiplexer redis, AnswerGenerator generator, ILogger<RedisAnswerCancellationBus> logger)
    : IAnswerCancellationBus, IHostedService
{
    private const string Turn = "turn";
    private const string Conversation = "conversation";
    private static readonly RedisChannel Channel = RedisChannel.Literal("jarvis:answers:stop");

    // Several heartbeats, each of which checks the key.
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromSeconds(10);

    private readonly ResilientRedis resilient = new(logger, "answers can be stopped only in the process that generates them");

    public void PublishStop(TurnId turn) => _ = SendAsync(Turn, turn.Value);

    public void PublishStopAll(ConversationId conversation) => _ = SendAsync(Conversation, conversation.Value);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not awaited: while Redis is unavailable, the driver remembers the subscription.
        _ = resilient.TryAsync(() => redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => Read(message.ToString())));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => resilient.TryAsync(() => redis.GetSubscriber().UnsubscribeAsync(Channel));

    /// <summary>Returns the key that exists for some seconds after a stop of the turn, or of the whole conversation, was requested.</summary>
    public static RedisKey KeyFor(Guid turnOrConversation) => $"jarvis:answers:stop:{turnOrConversation}";

    /// <summary>Stops the turn if this process generates it, and deletes its key, so that the user can retry the turn immediately.</summary>
    public void StopLocally(TurnId turn)
    {
        if (generator.TryStop(turn))
        {
            _ = resilient.TryAsync(() => redis.GetDatabase().KeyDeleteAsync(KeyFor(turn.Value)));
        }
    }

    private async Task SendAsync(string kind, Guid id) => await resilient.TryAsync(() => Task.WhenAll(
        redis.GetDatabase().StringSetAsync(KeyFor(id), RedisValue.EmptyString, KeyLifetime),
        redis.GetSubscriber().PublishAsync(Channel, $"{kind}:{id}")));

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
}
