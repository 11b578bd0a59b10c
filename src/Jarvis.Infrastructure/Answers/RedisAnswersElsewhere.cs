using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Answers;

/// <summary>
/// Tells all processes through Redis, this one too, which answers shall stop, and stops those that are written here. A message
/// is <c>turn:ID</c> or <c>conversation:ID</c>; what says anything else is left alone.
/// </summary>
internal sealed class RedisAnswersElsewhere(IConnectionMultiplexer redis, AnswerDesk desk, ILogger<RedisAnswersElsewhere> logger)
    : IAnswersElsewhere, IHostedService
{
    private const string Turn = "turn";
    private const string Conversation = "conversation";
    private static readonly RedisChannel Channel = RedisChannel.Literal("jarvis:answers:stop");

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

    private Task SendAsync(string what, Guid id) => SoftlyAsync(() => redis.GetSubscriber().PublishAsync(Channel, $"{what}:{id}"));

    private void Read(string message)
    {
        switch (message.Split(':'))
        {
            case [Turn, var id] when Guid.TryParse(id, out var turn):
                desk.TryStop(TurnId.From(turn));
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
