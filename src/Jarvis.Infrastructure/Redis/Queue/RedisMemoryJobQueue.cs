using System.Collections.Concurrent;
using System.Globalization;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Redis;
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
    // The answer to a person stands behind it: a second is promised, and the driver looks for timeouts only once a second.
    private static readonly TimeSpan BestEffort = TimeSpan.FromMilliseconds(900);

    private readonly RedisOutageLogger outage = new(logger, "memory jobs aren't queued; the sweep will find them");
    private readonly JobWaiter list = new(settings, keys);
    private readonly ConcurrentDictionary<string, Lease> leases = new();

    // Not cancelled with the request: it takes a second at most, and the answer is stored already.
    public async Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken) =>
        await TryAsync(QueueScripts.Enqueue, JobKey.From(job));

    public async Task<LeasedJob?> DequeueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (job, due) = await ClaimAsync();
            if (job is null)
            {
                await list.WaitAsync(due, cancellationToken);
                (job, _) = await ClaimAsync();
            }

            return job;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            throw QueueErrors.Unavailable(e);
        }
    }

    public Task<bool> IsLeasedAsync(LeasedJob job, CancellationToken cancellationToken) =>
        leases.TryGetValue(job.Handle, out var lease) ? lease.IsHeldAsync(cancellationToken) : Task.FromResult(false);

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) =>
        FinishAsync(job, QueueScripts.Complete, [JobKey.From(job.Job), job.Handle], cancellationToken);

    public Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken)
    {
        // Where nothing was tried it comes back soon; jitter keeps jobs that failed together from coming back together.
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

    public async Task RetryAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        try
        {
            await EvaluateAsync(QueueScripts.Retry, JobKey.From(job)).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            throw QueueErrors.Unavailable(e);
        }
    }

    /// <summary>Leases that are still held are not given back: they end by themselves, as those of a process that was killed.</summary>
    public void Dispose()
    {
        foreach (var lease in leases.Values)
        {
            lease.Dispose();
        }

        list.Dispose();
    }

    // Not cancelled: a job that was leased must reach its worker.
    private async Task<(LeasedJob? Job, TimeSpan Due)> ClaimAsync()
    {
        var handle = Guid.NewGuid().ToString("N");
        var length = options.Value.Lease;
        var asked = clock.GetTimestamp();
        var claimed = (string[])(await EvaluateAsync(
            QueueScripts.Claim,
            handle, Milliseconds(length), options.Value.MaxAttempts, FailureText.Format(QueueErrors.WorkerLost), FailureText.Format(QueueErrors.Unreadable), FailureText.Format(QueueErrors.UnknownVersion)))!;
        outage.ReportSuccess();
        if (claimed[0].Length == 0)
        {
            return (null, TimeSpan.FromMilliseconds(long.Parse(claimed[1], CultureInfo.InvariantCulture)));
        }

        var member = claimed[0];
        var lease = new Lease(async () => (bool)await EvaluateAsync(QueueScripts.Renew, member, handle, Milliseconds(length)), length, asked, clock);
        leases[handle] = lease;
        lease.Lost.Register(() => leases.TryRemove(handle, out _));

        return (new LeasedJob(JobKey.ToJob(member)!, handle, lease.Lost), TimeSpan.Zero);
    }

    private async Task FinishAsync(LeasedJob job, string script, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await EvaluateAsync(script, arguments).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            throw QueueErrors.Unavailable(e);
        }
        finally
        {
            // Also where Redis did not hear of it: a lease that nobody works under must end.
            if (leases.TryRemove(job.Handle, out var lease))
            {
                lease.Dispose();
            }
        }
    }

    private async Task<RedisResult?> TryAsync(string script, RedisValue argument)
    {
        try
        {
            var answer = await EvaluateAsync(script, argument).WaitAsync(BestEffort, clock);
            outage.ReportSuccess();

            return answer;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);

            return null;
        }
    }

    private Task<RedisResult> EvaluateAsync(string script, params RedisValue[] arguments) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, keys.All, arguments);

    private static MemoryJobState ParseState(MemoryJobPhase phase, (string Text, IReadOnlyList<string>? Arguments) reason) =>
        new(phase, reason.Text.Length > 0 ? reason.Text : null, reason.Arguments);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
