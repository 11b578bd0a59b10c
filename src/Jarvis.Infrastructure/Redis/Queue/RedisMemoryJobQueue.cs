using System.Collections.Concurrent;
using System.Globalization;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

internal sealed class RedisMemoryJobQueue(
    IConnectionMultiplexer redis,
    RedisSettings settings,
    QueueKeys keys,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<RedisMemoryJobQueue> logger) : IMemoryJobQueue, IDisposable
{
    private readonly ResilientRedis resilient = new(logger, "memory jobs aren't queued; the sweep will find them")
    {
        // A user waits for the answer: the limit is a second, and the driver checks for timeouts only once a second.
        Timeout = TimeSpan.FromMilliseconds(900),
        Clock = clock,
    };

    private readonly JobWaiter waiter = new(settings, keys);
    private readonly ConcurrentDictionary<string, Lease> leases = new();

    // Not cancelled with the request: it takes at most a second, and the answer is already stored.
    public async Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken) =>
        await TryAsync(QueueScripts.Enqueue, JobKey.From(job));

    public Task<LeasedJob?> DequeueAsync(CancellationToken cancellationToken) => RunAsync(async () =>
    {
        var (job, due) = await ClaimAsync();
        if (job is null)
        {
            await waiter.WaitAsync(due, cancellationToken);
            (job, _) = await ClaimAsync();
        }

        return job;
    });

    public Task<bool> IsLeasedAsync(LeasedJob job, CancellationToken cancellationToken) =>
        leases.TryGetValue(job.Handle, out var lease) ? lease.IsHeldAsync(cancellationToken) : Task.FromResult(false);

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) =>
        FinishAsync(job, QueueScripts.Complete, [JobKey.From(job.Job), job.Handle], cancellationToken);

    public Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken)
    {
        // Without an attempt, the job is due again soon. Jitter spreads jobs that failed at the same time.
        var delay = costsAttempt
            ? options.Value.RetryDelay * (1 + (0.5 * Random.Shared.NextDouble()))
            : TimeSpan.FromSeconds(1 + (4 * Random.Shared.NextDouble()));
        var attempts = costsAttempt ? options.Value.MaxAttempts : 0;

        return FinishAsync(
            job,
            QueueScripts.Return,
            [JobKey.From(job.Job), job.Handle, FailureText.Format(reason), attempts, Milliseconds(delay), Milliseconds(options.Value.MaxRetryDelay)],
            cancellationToken);
    }

    public async Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        var found = (string[]?)await TryAsync(QueueScripts.Find, JobKey.From(job));

        return found is [{ Length: > 0 } phase, var reason]
            ? ParseState(Enum.Parse<MemoryJobPhase>(phase), FailureText.Parse(reason))
            : null;
    }

    public Task RetryAsync(MemoryJob job, CancellationToken cancellationToken) =>
        RunAsync(() => EvaluateAsync(QueueScripts.Retry, JobKey.From(job)).WaitAsync(cancellationToken));

    /// <summary>Doesn't release active leases: they expire, as those of a killed process do.</summary>
    public void Dispose()
    {
        foreach (var lease in leases.Values)
        {
            lease.Dispose();
        }

        waiter.Dispose();
    }

    // Not cancelled: a leased job must reach its worker.
    private async Task<(LeasedJob? Job, TimeSpan Due)> ClaimAsync()
    {
        var handle = Guid.NewGuid().ToString("N");
        var length = options.Value.Lease;
        var requestedAt = clock.GetTimestamp();
        var claimed = (string[])(await EvaluateAsync(
            QueueScripts.Claim,
            handle, Milliseconds(length), options.Value.MaxAttempts, FailureText.Format(QueueErrors.WorkerLost), FailureText.Format(QueueErrors.Unreadable), FailureText.Format(QueueErrors.UnknownVersion)))!;
        resilient.ReportSuccess();
        if (claimed[0].Length == 0)
        {
            return (null, TimeSpan.FromMilliseconds(long.Parse(claimed[1], CultureInfo.InvariantCulture)));
        }

        var member = claimed[0];
        var lease = new Lease(async () => (bool)await EvaluateAsync(QueueScripts.Renew, member, handle, Milliseconds(length)), length, requestedAt, clock);
        leases[handle] = lease;
        lease.Lost.Register(() => leases.TryRemove(handle, out _));

        return (new LeasedJob(JobKey.ToJob(member)!, handle, lease.Lost), TimeSpan.Zero);
    }

    private async Task FinishAsync(LeasedJob job, string script, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(() => EvaluateAsync(script, arguments).WaitAsync(cancellationToken));
        }
        finally
        {
            // Also after a failure: the lease of a job that no longer runs must not be renewed.
            if (leases.TryRemove(job.Handle, out var lease))
            {
                lease.Dispose();
            }
        }
    }

    private Task<RedisResult?> TryAsync(string script, RedisValue argument) => resilient.TryAsync(() => EvaluateAsync(script, argument));

    // Silent: the worker that catches the exception logs it.
    private static Task<T> RunAsync<T>(Func<Task<T>> command) => ResilientRedis.Silent.RunAsync(command, e => throw QueueErrors.Unavailable(e));

    private Task<RedisResult> EvaluateAsync(string script, params RedisValue[] arguments) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, keys.All, arguments);

    private static MemoryJobState ParseState(MemoryJobPhase phase, (string Text, IReadOnlyList<string>? Arguments) reason) =>
        new(phase, reason.Text.Length > 0 ? reason.Text : null, reason.Arguments);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
