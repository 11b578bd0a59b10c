namespace Jarvis.TestSupport.StandIns;

/// <summary>Stand-in that records its requests and injects faults.</summary>
public abstract class RecordingStandIn<TRequest, TFault> : StandInHost
    where TRequest : class
    where TFault : StandInFault<TFault>, new()
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly FaultRules<TRequest, TFault> faults = new();
    private readonly Lock gate = new();
    private readonly List<TRequest> requests = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Requests so far, in order.</summary>
    public IReadOnlyList<TRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>True if a test added a fault. Jarvis may then still wait before its next call.</summary>
    public bool HadFaults { get; private set; }

    /// <summary>Applies this fault to the following requests.</summary>
    /// <param name="when">Filter of requests; null matches those that have faults by default.</param>
    /// <param name="times">Number of affected requests; null affects all until <see cref="ClearFaults"/>.</param>
    public void AddFault(TFault fault, Func<TRequest, bool>? when = null, int? times = null)
    {
        HadFaults = true;
        faults.Add(fault, when ?? HasFaults, times);
    }

    public void ClearFaults() => faults.Clear();

    /// <summary>Removes the requests, the faults and the settings of an earlier test.</summary>
    public virtual void Reset()
    {
        faults.Clear();
        lock (gate)
        {
            requests.Clear();
        }
    }

    /// <summary>Waits until this many requests have arrived in total and returns the last of them.</summary>
    /// <param name="when">Filter of requests; null matches those that tests await by default.</param>
    public async Task<TRequest> WaitForAsync(int count = 1, Func<TRequest, bool>? when = null)
    {
        TRequest? found = null;
        await UntilAsync(() => (found = Requests.Where(when ?? IsAwaited).ElementAtOrDefault(count - 1)) is not null);

        return found!;
    }

    internal TFault Receive(TRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
        }

        NotifyWaiters();

        return faults.Next(request) ?? StandInFault<TFault>.None;
    }

    protected virtual bool HasFaults(TRequest request) => true;

    protected virtual bool IsAwaited(TRequest request) => true;

    /// <summary>Text of a request in the error of a wait.</summary>
    protected abstract string Describe(TRequest request);

    /// <summary>Waits for a condition that changes only before <see cref="NotifyWaiters"/>.</summary>
    protected async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            var next = Volatile.Read(ref arrival).Task;
            if (condition())
            {
                return;
            }

            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{GetType().Name} did not receive the expected request within {Timeout}. Received: {string.Join("; ", Requests.Select(Describe))}");
            }
        }
    }

    protected void NotifyWaiters() =>
        Interlocked.Exchange(ref arrival, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
