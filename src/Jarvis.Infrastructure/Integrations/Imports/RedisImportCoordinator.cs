using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>A key a person, <c>jarvis:import:USER</c>, with who imports and how far it is; it goes by itself when nobody renews it.</summary>
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

    // A seat that was lost to another, or to Redis, is not taken back: nothing hangs on it but that.
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

    private readonly RedisOutageLogger outage = new(logger, "imports continue without showing progress");

    public async Task<IImportLease?> TryAcquireAsync(UserId user)
    {
        var seat = new ImportLease(this, KeyFor(user), Guid.NewGuid().ToString("N"));
        var taken = await TryAsync(() => EvaluateAsync(AcquireScript, seat.Key, seat.Handle, LeaseMilliseconds));

        return taken is not null && (int)taken == 0 ? null : seat;
    }

    public async Task<ImportProgress?> FindAsync(UserId user)
    {
        var figures = await TryAsync(() => redis.GetDatabase().HashGetAsync(KeyFor(user), ProgressFields));

        return figures is [{ HasValue: true } conversations, { HasValue: true } imported, { HasValue: true } skipped]
            ? new ImportProgress((int)conversations, (int)imported, (int)skipped)
            : null;
    }

    private static RedisKey KeyFor(UserId user) => $"jarvis:import:{user.Value:D}";

    private Task<RedisResult> EvaluateAsync(string script, RedisKey key, params RedisValue[] arguments) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, [key], arguments);

    private async Task<T?> TryAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            var answer = await ask();
            outage.ReportSuccess();

            return answer;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);

            return null;
        }
    }

    private sealed class ImportLease(RedisImportCoordinator generator, RedisKey key, string handle) : IImportLease
    {
        public RedisKey Key => key;

        public string Handle => handle;

        public Task ReportAsync(ImportProgress progress) => generator.TryAsync(() => generator.EvaluateAsync(
            ReportScript,
            key,
            handle, LeaseMilliseconds, progress.Conversations, progress.Imported, progress.Skipped));

        public async ValueTask DisposeAsync() => await generator.TryAsync(() => generator.EvaluateAsync(ReleaseScript, key, handle));
    }
}
