namespace Jarvis.Infrastructure.ChatModels;

/// <summary>
/// Chat goes first on the local model: while an answer is being written no extraction starts, and one that runs is asked to
/// give way, for a local server mostly answers one at a time. Extractions share as many slots as are configured.
/// </summary>
internal sealed class LocalModelGate(int extractionSlots) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slots = new(extractionSlots);
    private readonly List<CancellationTokenSource> running = [];
    private TaskCompletionSource quiet = Completed();
    private int chats;

    /// <summary>Returns at once; the answer holds the model until it disposes what it got.</summary>
    public IDisposable EnterChat()
    {
        List<CancellationTokenSource> preempted;
        lock (gate)
        {
            if (chats++ == 0)
            {
                quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            preempted = [.. running];
            running.Clear();
        }

        // What runs on cancellation is the extraction's business: the answer does not wait for it.
        preempted.ForEach(extraction => _ = extraction.CancelAsync());

        return new Release(LeaveChat);
    }

    /// <summary>Waits until no answer is being written and a slot is free.</summary>
    public async Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                Task waiting;
                lock (gate)
                {
                    if (chats == 0)
                    {
                        var preempted = new CancellationTokenSource();
                        running.Add(preempted);

                        return new ExtractionSlot(() => LeaveExtraction(preempted), preempted.Token);
                    }

                    waiting = quiet.Task;
                }

                await waiting.WaitAsync(cancellationToken);
            }
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    public void Dispose() => slots.Dispose();

    private void LeaveChat()
    {
        lock (gate)
        {
            if (--chats == 0)
            {
                quiet.SetResult();
            }
        }
    }

    private void LeaveExtraction(CancellationTokenSource preempted)
    {
        lock (gate)
        {
            running.Remove(preempted);
        }

        slots.Release();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();

        return source;
    }

    private sealed class Release(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}

/// <param name="preempted">Cancelled when an answer needs the model: end the call and give the job back.</param>
internal sealed class ExtractionSlot(Action leave, CancellationToken preempted) : IDisposable
{
    private Action? leave = leave;

    public CancellationToken Preempted { get; } = preempted;

    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
