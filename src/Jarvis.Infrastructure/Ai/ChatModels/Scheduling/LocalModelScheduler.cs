namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Schedules the local model within one process.</summary>
internal sealed class LocalModelScheduler(int extractionSlots) : ILocalModelScheduler, IDisposable
{
    private readonly Lock sync = new();
    private readonly SemaphoreSlim slots = new(extractionSlots);
    private readonly List<CancellationTokenSource> running = [];
    private TaskCompletionSource idle = Completed();
    private int chats;

    public IDisposable EnterChat()
    {
        lock (sync)
        {
            if (chats++ == 0)
            {
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        Preempt();

        return new DisposableAction(ExitChat);
    }

    /// <summary>Preempts all running extractions.</summary>
    public void Preempt()
    {
        List<CancellationTokenSource> preempted;
        lock (sync)
        {
            preempted = [.. running];
            running.Clear();
        }

        // The answer doesn't wait for the callbacks of the extraction's token.
        preempted.ForEach(extraction => _ = extraction.CancelAsync());
    }

    public async Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                Task nextIdle;
                lock (sync)
                {
                    if (chats == 0)
                    {
                        var preempted = new CancellationTokenSource();
                        running.Add(preempted);

                        return new ExtractionSlot(() => ExitExtraction(preempted), preempted.Token);
                    }

                    nextIdle = idle.Task;
                }

                await nextIdle.WaitAsync(cancellationToken);
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
        lock (sync)
        {
            if (--chats == 0)
            {
                idle.SetResult();
            }
        }
    }

    private void ExitExtraction(CancellationTokenSource preempted)
    {
        lock (sync)
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
