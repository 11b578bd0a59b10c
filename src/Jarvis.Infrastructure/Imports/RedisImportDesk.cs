using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Imports;

/// <summary>A key a person, <c>jarvis:import:USER</c>, with who imports and how far it is; it goes by itself when nobody renews it.</summary>
internal sealed class RedisImportDesk(IConnectionMultiplexer redis, ILogger<RedisImportDesk> logger) : IImportDesk
{
    private const int SeatMilliseconds = 60_000;

    private const string Take =
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then
          return 0
        end
        redis.call('HSET', KEYS[1], 'seat', ARGV[1], 'conversations', 0, 'imported', 0, 'skipped', 0)
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    // A seat that was lost to another, or to Redis, is not taken back: nothing hangs on it but that.
    private const string Tell =
        """
        if redis.call('HGET', KEYS[1], 'seat') ~= ARGV[1] then
          return 0
        end
        redis.call('HSET', KEYS[1], 'conversations', ARGV[3], 'imported', ARGV[4], 'skipped', ARGV[5])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    private const string Leave =
        """
        if redis.call('HGET', KEYS[1], 'seat') == ARGV[1] then
          redis.call('DEL', KEYS[1])
        end
        return 1
        """;

    private static readonly RedisValue[] Figures = ["conversations", "imported", "skipped"];

    private readonly RedisOutage outage = new(logger, "imports go on, and nobody is told how far they are");

    public async Task<IImportSeat?> TryTakeAsync(UserId user)
    {
        var seat = new Seat(this, KeyOf(user), Guid.NewGuid().ToString("N"));
        var taken = await SoftlyAsync(() => EvaluateAsync(Take, seat.Key, seat.Handle, SeatMilliseconds));

        return taken is not null && (int)taken == 0 ? null : seat;
    }

    public async Task<ImportProgress?> FindAsync(UserId user)
    {
        var figures = await SoftlyAsync(() => redis.GetDatabase().HashGetAsync(KeyOf(user), Figures));

        return figures is [{ HasValue: true } conversations, { HasValue: true } imported, { HasValue: true } skipped]
            ? new ImportProgress((int)conversations, (int)imported, (int)skipped)
            : null;
    }

    private static RedisKey KeyOf(UserId user) => $"jarvis:import:{user.Value:D}";

    private Task<RedisResult> EvaluateAsync(string script, RedisKey key, params RedisValue[] arguments) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, [key], arguments);

    private async Task<T?> SoftlyAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            var answer = await ask();
            outage.Ended();

            return answer;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);

            return null;
        }
    }

    private sealed class Seat(RedisImportDesk desk, RedisKey key, string handle) : IImportSeat
    {
        public RedisKey Key => key;

        public string Handle => handle;

        public Task TellAsync(ImportProgress progress) => desk.SoftlyAsync(() => desk.EvaluateAsync(
            Tell,
            key,
            handle, SeatMilliseconds, progress.Conversations, progress.Imported, progress.Skipped));

        public async ValueTask DisposeAsync() => await desk.SoftlyAsync(() => desk.EvaluateAsync(Leave, key, handle));
    }
}
