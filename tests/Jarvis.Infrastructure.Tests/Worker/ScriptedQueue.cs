using System.Collections.Concurrent;
using System.Threading.Channels;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Tests.Redis.Queue;

namespace Jarvis.Infrastructure.Tests.Worker;

/// <summary>Returns the jobs that the test pushes and records how each one ended.</summary>
internal sealed class ScriptedQueue : IMemoryJobQueue
{
    private readonly Channel<LeasedJob> jobs = Channel.CreateUnbounded<LeasedJob>();

    public ConcurrentQueue<string> Outcomes { get; } = new();

    /// <summary>State that the queue reports for every job.</summary>
    public MemoryJobState? State { get; set; }

    public Exception? Failing { get; set; }

    public Exception? CompletionError { get; set; }

    public void Push(CancellationToken lost = default) => jobs.Writer.TryWrite(new LeasedJob(QueueFixture.AnyJob(), "handle", lost));

    public async Task<LeasedJob?> DequeueAsync(CancellationToken cancellationToken)
    {
        if (Failing is { } failing)
        {
            throw failing;
        }

        return await jobs.Reader.ReadAsync(cancellationToken);
    }

    public Task<bool> IsLeasedAsync(LeasedJob job, CancellationToken cancellationToken) => Task.FromResult(!job.Lost.IsCancellationRequested);

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) => RecordAsync("completed");

    public Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken) =>
        RecordAsync($"{reason.Code} {(costsAttempt ? "attempt" : "free")}");

    public Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken) => RecordAsync("queued");

    public Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken) => Task.FromResult(State);

    public Task RetryAsync(MemoryJob job, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task RecordAsync(string outcome)
    {
        if (CompletionError is { } failing)
        {
            return Task.FromException(failing);
        }

        Outcomes.Enqueue(outcome);

        return Task.CompletedTask;
    }
}
