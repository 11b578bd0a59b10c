namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>The gate of one process.</summary>
internal sealed class LocalModelScheduler(int extractionSlots) : ILocalModelScheduler, IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slots = new(extractionSlots);
    private readonly List<CancellationTokenSource> running = [];
    private TaskCompletionSource quiet = Completed();
    private int chats;

    public IDisposable EnterChat()
    {
        lock (gate)
        {
            if (chats++ == 0)
            {
                quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        Preempt();

        return new DisposableAction(ExitChat);
    }

    /// <summary>Asks whatever extraction runs to give way.</summary>
    public void Preempt()
    {
        List<CancellationTokenSource> preempted;
        lock (gate)
        {
            preempted = [.. running];
            running.Clear();
        }

        // What runs on cancellation is the extraction's business: the answer does not wait for it.
        preempted.ForEach(extraction => _ = extraction.CancelAsync());
    }

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

                        return new ExtractionSlot(() => ExitExtraction(preempted), preempted.Token);
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

    private void ExitChat()
    {
        lock (gate)
        {
            if (--chats == 0)
            {
                quiet.SetResult();
            }
        }
    }

    private void ExitExtraction(CancellationTokenSource preempted)
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
}
