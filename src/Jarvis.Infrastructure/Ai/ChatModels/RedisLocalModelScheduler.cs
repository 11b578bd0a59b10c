using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>
/// The gate of all processes on one Redis. An answer never waits for it: what is said about answers is said beside them. While
/// Redis is away each process has only its own gate.
/// </summary>
internal sealed class RedisLocalModelScheduler : ILocalModelScheduler, IDisposable
{
    private readonly LocalModelScheduler own;
    private readonly RedisModelLeases leases;
    private readonly int slots;
    private readonly TimeProvider clock;
    private readonly RedisOutageLogger outage;
    private readonly string ownerId = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim begunOrEnded = new(0);
    private readonly Lazy<Task> listening;
    private TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answers;

    public RedisLocalModelScheduler(int extractionSlots, RedisModelLeases leases, TimeProvider clock, ILogger<RedisLocalModelScheduler> logger)
    {
        (own, slots, this.leases, this.clock) = (new LocalModelScheduler(extractionSlots), extractionSlots, leases, clock);
        outage = new RedisOutageLogger(logger, "answers take priority over memory work on the local model only within this process");

        // The driver keeps in mind what to listen to, should Redis be away.
        listening = new Lazy<Task>(() => TryAsync(() => leases.ListenAsync(own.Preempt, SlotReleased)));
        _ = Task.Run(PublishActiveChatsAsync);
    }

    public IDisposable EnterChat()
    {
        var entered = own.EnterChat();
        if (Interlocked.Increment(ref answers) == 1)
        {
            begunOrEnded.Release();
        }

        return new DisposableAction(() =>
        {
            entered.Dispose();
            if (Interlocked.Decrement(ref answers) == 0)
            {
                begunOrEnded.Release();
            }
        });
    }

    public async Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken)
    {
        await listening.Value;
        while (true)
        {
            // Before Redis is asked: who leaves afterwards is not missed.
            var next = Volatile.Read(ref left).Task;
            var slot = await own.EnterExtractionAsync(cancellationToken);
            var handle = Guid.NewGuid().ToString("N");

            // Without an answer the own gate is all there is.
            if (await TryAsync(() => leases.TryEnterAsync(handle, slots)) ?? true)
            {
                var lease = KeepLeaseAsync(slot, handle);
                if (!slot.Preempted.IsCancellationRequested)
                {
                    return lease;
                }

                lease.Dispose();
            }

            slot.Dispose();
            await Task.WhenAny(next, Task.Delay(leases.Length / 3, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        own.Dispose();
    }

    private ExtractionSlot KeepLeaseAsync(ExtractionSlot slot, string handle)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        _ = RenewAsync(handle, over.Token);

        return new ExtractionSlot(
            () =>
            {
                over.Cancel();
                over.Dispose();
                _ = TryAsync(() => leases.ReleaseExtractionAsync(handle));
                slot.Dispose();
            },
            slot.Preempted);
    }

    private async Task RenewAsync(string handle, CancellationToken over)
    {
        while (await WaitAsync(Task.Delay(leases.Length / 3, clock, over)))
        {
            await TryAsync(() => leases.RenewExtractionAsync(handle));
        }
    }

    // One after the other, so that what was said last is what holds.
    private async Task PublishActiveChatsAsync()
    {
        var answering = false;
        while (await WaitAsync(begunOrEnded.WaitAsync(answering ? leases.Length / 3 : Timeout.InfiniteTimeSpan, ending.Token)))
        {
            answering = Volatile.Read(ref answers) > 0;
            await TryAsync(() => answering ? leases.RenewChatHeartbeatAsync(ownerId) : leases.ClearChatHeartbeatAsync(ownerId));
        }
    }

    private void SlotReleased() =>
        Interlocked.Exchange(ref left, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    // False where it was cancelled.
    private static async Task<bool> WaitAsync(Task waiting)
    {
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return !waiting.IsCanceled;
    }

    private Task<bool?> TryAsync(Func<Task> ask) => TryAsync(async () =>
    {
        await ask();

        return true;
    });

    private async Task<bool?> TryAsync(Func<Task<bool>> ask)
    {
        try
        {
            var answer = await ask();
            outage.ReportSuccess();

            return answer;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);

            return null;
        }
    }
}
