using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>
/// Allows one import per user with the hash <c>jarvis:import:USER</c>, which contains the owner and the progress. Each report renews
/// it; without reports it expires.
/// </summary>
internal sealed class RedisImportCoordinator(IConnectionMultiplexer redis, ILogger<RedisImportCoordinator> logger) : IImportCoordinator
{
    private const int LeaseMilliseconds = 60_000;

    private const string AcquireScript =
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then
          return 0
        end
        redis.call('HSET', KEYS[1], 'seat', ARGV[1], 'conversations', 0, 'imported', 0, 'skipped', 0)
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    // A lease that expired, or that Redis lost, isn't acquired again: the import continues without it.
    private const string ReportScript =
        """
        if redis.call('HGET', KEYS[1], 'seat') ~= ARGV[1] then
          return 0
        end
        redis.call('HSET', KEYS[1], 'conversations', ARGV[3], 'imported', ARGV[4], 'skipped', ARGV[5])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    private const string ReleaseScript =
        """
        if redis.call('HGET', KEYS[1], 'seat') == ARGV[1] then
          redis.call('DEL', KEYS[1])
        end
        return 1
        """;

    private static readonly RedisValue[] ProgressFields = ["conversations", "imported", "skipped"];

    private readonly ResilientRedis resilient = new(logger, "imports continue without showing progress");

    public async Task<IImportLease?> TryAcquireAsync(UserId user)
    {
        var lease = new ImportLease(this, KeyFor(user));
        var acquired = await EvaluateAsync(AcquireScript, lease.Key, lease.Handle, LeaseMilliseconds);

        // Null during an outage, which doesn't prevent imports.
        return acquired is not null && (int)acquired == 0 ? null : lease;
    }

    public async Task<ImportProgress?> FindAsync(UserId user)
    {
        var figures = await resilient.TryAsync(() => redis.GetDatabase().HashGetAsync(KeyFor(user), ProgressFields));

        return figures is [{ HasValue: true } conversations, { HasValue: true } imported, { HasValue: true } skipped]
            ? new ImportProgress((int)conversations, (int)imported, (int)skipped)
            : null;
    }

    private static RedisKey KeyFor(UserId user) => $"jarvis:import:{user.Value:D}";

    private Task<RedisResult?> EvaluateAsync(string script, RedisKey key, params RedisValue[] arguments) =>
        resilient.TryAsync(() => redis.GetDatabase().ScriptEvaluateAsync(script, [key], arguments));

    private sealed class ImportLease(RedisImportCoordinator coordinator, RedisKey key) : IImportLease
    {
        public RedisKey Key => key;

        public string Handle { get; } = Guid.NewGuid().ToString("N");

        public Task ReportAsync(ImportProgress progress) =>
            coordinator.EvaluateAsync(ReportScript, key, Handle, LeaseMilliseconds, progress.Conversations, progress.Imported, progress.Skipped);

        public async ValueTask DisposeAsync() => await coordinator.EvaluateAsync(ReleaseScript, key, Handle);
    }
}
