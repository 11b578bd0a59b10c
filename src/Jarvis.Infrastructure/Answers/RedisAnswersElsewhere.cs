using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Answers;

/// <summary>
/// Tells all processes through Redis, this one too, which answers shall stop, and stops those that are written here. A message
/// is <c>turn:ID</c> or <c>conversation:ID</c>; what says anything else is left alone. A message is lost with the connection that
/// it would have come by, and the driver has forgotten what to listen to after one: so a key says it as well, which
/// <see cref="RedisRunningAnswers"/> looks for.
/// </summary>
internal sealed class RedisAnswersElsewhere(IConnectionMultiplexer redis, AnswerDesk desk, ILogger<RedisAnswersElsewhere> logger)
    : IAnswersElsewhere, IHostedService
{
    private const string Turn = "turn";
    private const string Conversation = "conversation";
    private static readonly RedisChannel Channel = RedisChannel.Literal("jarvis:answers:stop");

    /// <summary>Longer than some looks for it.</summary>
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromSeconds(10);

    private readonly RedisOutage outage = new(logger, "answers can be stopped only in the process that writes them");

    public void Stop(TurnId turn) => _ = SendAsync(Turn, turn.Value);

    public void StopAll(ConversationId conversation) => _ = SendAsync(Conversation, conversation.Value);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not waited for: while Redis is away the driver keeps in mind what to listen to.
        _ = SoftlyAsync(() => redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => Read(message.ToString())));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => SoftlyAsync(() => redis.GetSubscriber().UnsubscribeAsync(Channel));

    /// <summary>Is there for some seconds after the turn, or all of the conversation, was to stop.</summary>
    public static RedisKey KeyOf(Guid turnOrConversation) => $"jarvis:answers:stop:{turnOrConversation}";

    /// <summary>Stops it if it is written here, and takes its key away: it may be tried again at once.</summary>
    public void StopHere(TurnId turn)
    {
        if (desk.TryStop(turn))
        {
            _ = SoftlyAsync(() => redis.GetDatabase().KeyDeleteAsync(KeyOf(turn.Value)));
        }
    }

    private async Task SendAsync(string what, Guid id) => await SoftlyAsync(() => Task.WhenAll(
        redis.GetDatabase().StringSetAsync(KeyOf(id), RedisValue.EmptyString, KeyLifetime),
        redis.GetSubscriber().PublishAsync(Channel, $"{what}:{id}")));

    private void Read(string message)
    {
        switch (message.Split(':'))
        {
            case [Turn, var id] when Guid.TryParse(id, out var turn):
                StopHere(TurnId.From(turn));
                break;
            case [Conversation, var id] when Guid.TryParse(id, out var conversation):
                desk.StopAll(ConversationId.From(conversation));
                break;
        }
    }

    private async Task SoftlyAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            outage.Ended();
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
        }
    }
}
