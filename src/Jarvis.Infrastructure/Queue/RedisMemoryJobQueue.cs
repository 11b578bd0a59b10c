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

namespace Jarvis.Infrastructure.Queue;

internal sealed class RedisMemoryJobQueue(
    IConnectionMultiplexer redis,
    RedisSettings settings,
    QueueKeys keys,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<RedisMemoryJobQueue> logger) : IMemoryJobQueue, IDisposable
{
    private const int ReasonMaxLength = 500;

    /// <summary>
    /// Parts what a reason was filled with from its text; it is in no text. Not the control character that was made for it: Garnet
    /// cannot decode the JSON of a dead letter that it encoded with one.
    /// </summary>
    private const char ArgumentMark = '\uE000';

    // The answer to a person stands behind it: a second is promised, and the driver looks for timeouts only once a second.
    private static readonly TimeSpan Soft = TimeSpan.FromMilliseconds(900);

    private readonly RedisOutage outage = new(logger, "memory jobs are not queued, the sweep will find them");
    private readonly BlockingRedis list = new(settings, keys);
    private readonly ConcurrentDictionary<string, Lease> leases = new();

    // Not cancelled with the request: it takes a second at most, and the answer is stored already.
    public async Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken) =>
        await SoftlyAsync(QueueScripts.Enqueue, MemberOf(job));

    public async Task<LeasedJob?> TakeAsync(CancellationToken cancellationToken)
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
        catch (Exception e) when (RedisOutage.Is(e))
        {
            throw Unavailable(e);
        }
    }

    public Task<bool> IsHeldAsync(LeasedJob job, CancellationToken cancellationToken) =>
        leases.TryGetValue(job.Handle, out var lease) ? lease.IsHeldAsync(cancellationToken) : Task.FromResult(false);

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) =>
        EndAsync(job, QueueScripts.Complete, [MemberOf(job.Job), job.Handle], cancellationToken);

    public Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken)
    {
        // Where nothing was tried it comes back soon; jitter keeps jobs that failed together from coming back together.
        var delay = costsAttempt
            ? options.Value.RetryDelay * (1 + (0.5 * Random.Shared.NextDouble()))
            : TimeSpan.FromSeconds(1 + (4 * Random.Shared.NextDouble()));
        var attempts = costsAttempt ? options.Value.MaxAttempts : 0;

        return EndAsync(
            job,
            QueueScripts.Return,
            [MemberOf(job.Job), job.Handle, Text(reason), attempts, Milliseconds(delay), Milliseconds(options.Value.LongestRetryDelay)],
            cancellationToken);
    }

    public async Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        var found = (string[]?)await SoftlyAsync(QueueScripts.Find, MemberOf(job));

        return found is [{ Length: > 0 } phase, var reason]
            ? StateOf(Enum.Parse<MemoryJobPhase>(phase), reason.Split(ArgumentMark))
            : null;
    }

    public async Task RetryAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        try
        {
            await EvaluateAsync(QueueScripts.Retry, MemberOf(job)).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            throw Unavailable(e);
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
            handle, Milliseconds(length), options.Value.MaxAttempts, Text(QueueErrors.WorkerLost), Text(QueueErrors.Unreadable), Text(QueueErrors.UnknownVersion)))!;
        outage.Ended();
        if (claimed[0].Length == 0)
        {
            return (null, TimeSpan.FromMilliseconds(long.Parse(claimed[1], CultureInfo.InvariantCulture)));
        }

        var member = claimed[0];
        var lease = new Lease(async () => (bool)await EvaluateAsync(QueueScripts.Renew, member, handle, Milliseconds(length)), length, asked, clock);
        leases[handle] = lease;
        lease.Lost.Register(() => leases.TryRemove(handle, out _));

        return (new LeasedJob(JobOf(member), handle, lease.Lost), TimeSpan.Zero);
    }

    private async Task EndAsync(LeasedJob job, string script, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await EvaluateAsync(script, arguments).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            throw Unavailable(e);
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

    private async Task<RedisResult?> SoftlyAsync(string script, RedisValue argument)
    {
        try
        {
            var answer = await EvaluateAsync(script, argument).WaitAsync(Soft, clock);
            outage.Ended();

            return answer;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);

            return null;
        }
    }

    private Task<RedisResult> EvaluateAsync(string script, params RedisValue[] arguments) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, keys.All, arguments);

    private static MemoryQueueUnavailableException Unavailable(Exception e) => new("Redis, which holds the memory jobs, does not answer.", e);

    private static RedisValue MemberOf(MemoryJob job) => $"{job.User.Value:D}:{job.Conversation.Value:D}";

    private static MemoryJob JobOf(string member) => new(UserId.From(Guid.Parse(member[..36])), ConversationId.From(Guid.Parse(member[37..])));

    private static string Text(Error reason)
    {
        var text = Cut($"{reason.Code}: {reason.Message}");
        var arguments = reason.Arguments.Select(argument => Cut(Convert.ToString(argument, CultureInfo.InvariantCulture) ?? ""));

        return string.Join(ArgumentMark, arguments.Prepend(text));
    }

    private static MemoryJobState StateOf(MemoryJobPhase phase, string[] reason) =>
        new(phase, reason[0].Length > 0 ? reason[0] : null, reason.Length > 1 ? reason[1..] : null);

    private static string Cut(string text) => text.Length <= ReasonMaxLength ? text : text[..ReasonMaxLength];

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
