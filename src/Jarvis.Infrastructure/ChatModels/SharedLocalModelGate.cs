using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.ChatModels;

/// <summary>
/// The gate of all processes on one Redis. An answer never waits for it: what is said about answers is said beside them. While
/// Redis is away each process has only its own gate.
/// </summary>
internal sealed class SharedLocalModelGate : ILocalModelGate, IDisposable
{
    private readonly LocalModelGate own;
    private readonly LocalModelLeases leases;
    private readonly int slots;
    private readonly TimeProvider clock;
    private readonly RedisOutage outage;
    private readonly string me = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim begunOrEnded = new(0);
    private readonly Lazy<Task> listening;
    private TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answers;

    public SharedLocalModelGate(int extractionSlots, LocalModelLeases leases, TimeProvider clock, ILogger<SharedLocalModelGate> logger)
    {
        (own, slots, this.leases, this.clock) = (new LocalModelGate(extractionSlots), extractionSlots, leases, clock);
        outage = new RedisOutage(logger, "answers go before the work for memory on the local model only within a process");

        // The driver keeps in mind what to listen to, should Redis be away.
        listening = new Lazy<Task>(() => SoftlyAsync(() => leases.ListenAsync(own.Preempt, SomebodyLeft)));
        _ = Task.Run(TellOfAnswersAsync);
    }

    public IDisposable EnterChat()
    {
        var entered = own.EnterChat();
        if (Interlocked.Increment(ref answers) == 1)
        {
            begunOrEnded.Release();
        }

        return new Release(() =>
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
            if (await SoftlyAsync(() => leases.TryEnterAsync(handle, slots)) ?? true)
            {
                var lease = KeptBy(slot, handle);
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

    private ExtractionSlot KeptBy(ExtractionSlot slot, string handle)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        _ = RenewAsync(handle, over.Token);

        return new ExtractionSlot(
            () =>
            {
                over.Cancel();
                over.Dispose();
                _ = SoftlyAsync(() => leases.EndExtractionAsync(handle));
                slot.Dispose();
            },
            slot.Preempted);
    }

    private async Task RenewAsync(string handle, CancellationToken over)
    {
        while (await WaitAsync(Task.Delay(leases.Length / 3, clock, over)))
        {
            await SoftlyAsync(() => leases.HoldExtractionAsync(handle));
        }
    }

    // One after the other, so that what was said last is what holds.
    private async Task TellOfAnswersAsync()
    {
        var answering = false;
        while (await WaitAsync(begunOrEnded.WaitAsync(answering ? leases.Length / 3 : Timeout.InfiniteTimeSpan, ending.Token)))
        {
            answering = Volatile.Read(ref answers) > 0;
            await SoftlyAsync(() => answering ? leases.HoldAnswersAsync(me) : leases.EndAnswersAsync(me));
        }
    }

    private void SomebodyLeft() =>
        Interlocked.Exchange(ref left, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    // False where it was cancelled.
    private static async Task<bool> WaitAsync(Task waiting)
    {
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return !waiting.IsCanceled;
    }

    private Task<bool?> SoftlyAsync(Func<Task> ask) => SoftlyAsync(async () =>
    {
        await ask();

        return true;
    });

    private async Task<bool?> SoftlyAsync(Func<Task<bool>> ask)
    {
        try
        {
            var answer = await ask();
            outage.Ended();

            return answer;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);

            return null;
        }
    }
}
