using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>
/// Leases of the local model in all processes: one for each process that generates answers, and one for each extraction.
/// </summary>
/// <param name="name">Prefix of the keys; tests use their own.</param>
internal sealed class RedisModelLeases(IConnectionMultiplexer redis, string name, TimeSpan length)
{
    public const string Name = "jarvis:local-model";

    private const string ActiveChats = "answers";
    private const string SlotReleasedChannel = "left";

    private readonly RedisChannel channel = RedisChannel.Literal($"{name}:changed");
    private readonly RedisLease chats = new(redis, $"{{{name}}}:answers", length);
    private readonly RedisLease extractions = new(redis, $"{{{name}}}:extractions", length);

    /// <summary>Time after which a lease expires without a renewal.</summary>
    public TimeSpan Length => length;

    /// <summary>Tells all processes that this one generates answers. Each renewal repeats it for processes that missed the message.</summary>
    public async Task RenewChatHeartbeatAsync(string handle)
    {
        await chats.TryAcquireAsync(handle, maxOwners: int.MaxValue);
        await redis.GetSubscriber().PublishAsync(channel, ActiveChats);
    }

    public Task ClearChatHeartbeatAsync(string handle) => ReleaseAsync(chats, handle);

    /// <summary>Returns true if the extraction may use the model: answers have priority, and all processes share the slots.</summary>
    public Task<bool> TryEnterAsync(string handle, int slots) => extractions.TryAcquireAsync(handle, slots, unlessHeld: chats);

    public Task RenewExtractionAsync(string handle) => extractions.TryRenewAsync(handle);

    public Task ReleaseExtractionAsync(string handle) => ReleaseAsync(extractions, handle);

    /// <param name="answersBegan">Called when an answer in any process needs the model.</param>
    /// <param name="slotReleased">Called when a slot may be free.</param>
    public Task ListenAsync(Action answersBegan, Action slotReleased) => redis.GetSubscriber().SubscribeAsync(channel, (_, message) =>
    {
        if (message == ActiveChats)
        {
            answersBegan();
        }
        else if (message == SlotReleasedChannel)
        {
            slotReleased();
        }
    });

    // Sent in this order on one connection, so that the receivers of the message find the slot free.
    private Task ReleaseAsync(RedisLease lease, string handle) =>
        Task.WhenAll(lease.ReleaseAsync(handle), redis.GetSubscriber().PublishAsync(channel, SlotReleasedChannel));
}
