using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>
/// Coordinates the local model between all processes. Answers never wait for Redis: their heartbeats are sent in the background.
/// During an outage of Redis each process coordinates only its own calls.
/// </summary>
internal sealed class RedisLocalModelScheduler : ILocalModelScheduler, IDisposable
{
    private readonly LocalModelScheduler local;
    private readonly RedisModelLeases leases;
    private readonly int slots;
    private readonly TimeProvider clock;
    private readonly ResilientRedis resilient;
    private readonly string ownerId = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim chatsChanged = new(0);
    private readonly Lazy<Task> subscription;
    private TaskCompletionSource slotReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answers;

    public RedisLocalModelScheduler(int extractionSlots, RedisModelLeases leases, TimeProvider clock, ILogger<RedisLocalModelScheduler> logger)
    {
        (local, slots, this.leases, this.clock) = (new LocalModelScheduler(extractionSlots), extractionSlots, leases, clock);
        resilient = new ResilientRedis(logger, "answers take priority over memory work on the local model only within this process");

        // During an outage the driver remembers the subscription.
        subscription = new Lazy<Task>(() => resilient.TryAsync(() => leases.ListenAsync(local.Preempt, SlotReleased)));
        _ = Task.Run(PublishActiveChatsAsync);
    }

    public IDisposable EnterChat()
    {
        var entered = local.EnterChat();
        if (Interlocked.Increment(ref answers) == 1)
        {
            chatsChanged.Release();
        }

        return new DisposableAction(() =>
        {
            entered.Dispose();
            if (Interlocked.Decrement(ref answers) == 0)
            {
                chatsChanged.Release();
            }
        });
    }

    public async Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken)
    {
        await subscription.Value;
        while (true)
        {
            // Read before the call to Redis, so that a release after the call isn't missed.
            var released = Volatile.Read(ref slotReleased).Task;
            var slot = await local.EnterExtractionAsync(cancellationToken);
            var handle = Guid.NewGuid().ToString("N");

            // During an outage the local slot is sufficient.
            if (await resilient.TryAsync(() => leases.TryEnterAsync(handle, slots), fallback: true, CancellationToken.None))
            {
                var lease = KeepLeaseAsync(slot, handle);
                if (!slot.Preempted.IsCancellationRequested)
                {
                    return lease;
                }

                lease.Dispose();
            }

            slot.Dispose();
            await Task.WhenAny(released, Task.Delay(leases.Length / 3, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        local.Dispose();
    }

    private ExtractionSlot KeepLeaseAsync(ExtractionSlot slot, string handle)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        _ = RenewAsync(handle, stop.Token);

        return new ExtractionSlot(
            () =>
            {
                stop.Cancel();
                stop.Dispose();
                _ = resilient.TryAsync(() => leases.ReleaseExtractionAsync(handle));
                slot.Dispose();
            },
            slot.Preempted);
    }

    private async Task RenewAsync(string handle, CancellationToken stop)
    {
        while (await WaitAsync(Task.Delay(leases.Length / 3, clock, stop)))
        {
            await resilient.TryAsync(() => leases.RenewExtractionAsync(handle));
        }
    }

    // One loop, so that the last message describes the current state.
    private async Task PublishActiveChatsAsync()
    {
        var answering = false;
        while (await WaitAsync(chatsChanged.WaitAsync(answering ? leases.Length / 3 : Timeout.InfiniteTimeSpan, ending.Token)))
        {
            answering = Volatile.Read(ref answers) > 0;
            await resilient.TryAsync(() => answering ? leases.RenewChatHeartbeatAsync(ownerId) : leases.ClearChatHeartbeatAsync(ownerId));
        }
    }

    private void SlotReleased() =>
        Interlocked.Exchange(ref slotReleased, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    // Returns false if the task was cancelled.
    private static async Task<bool> WaitAsync(Task waiting)
    {
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return !waiting.IsCanceled;
    }
}
