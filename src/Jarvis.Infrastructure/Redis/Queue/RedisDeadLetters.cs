using System.Globalization;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

internal sealed class RedisDeadLetters(IConnectionMultiplexer redis, QueueKeys keys) : IDeadLetters
{
    private const int PageSize = 1_000;

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int most, CancellationToken cancellationToken) => ExecuteAsync<IReadOnlyList<DeadLetter>>(async database =>
    {
        // A hash has no order, so all entries are read and sorted.
        var letters = new List<DeadLetter>();
        await foreach (var entry in database.HashScanAsync(keys.Dead, pageSize: PageSize).WithCancellation(cancellationToken))
        {
            letters.Add(Parse(entry.Name!, entry.Value!));
        }

        return [.. letters.OrderByDescending(letter => letter.At).Take(most)];
    });

    public Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) => ExecuteAsync(async database =>
        await database.HashGetAsync(keys.Dead, id).WaitAsync(cancellationToken) is { IsNull: false } entry ? Parse(id, entry!) : null);

    public Task DiscardAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(database => database.HashDeleteAsync(keys.Dead, id).WaitAsync(cancellationToken));

    private Task<T> ExecuteAsync<T>(Func<IDatabase, Task<T>> command) =>
        ResilientRedis.Silent.RunAsync(() => command(redis.GetDatabase()), e => throw QueueErrors.Unavailable(e));

    // Parses the JSON that the function bury of QueueScripts writes.
    private static DeadLetter Parse(string id, string entry)
    {
        using var document = JsonDocument.Parse(entry);
        var letter = document.RootElement;
        var at = long.Parse(letter.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);

        var (reason, arguments) = FailureText.Parse(letter.GetProperty("reason").GetString()!);

        return new DeadLetter(
            id,
            JobKey.ToJob(id),
            MemoryFailure.From(reason, arguments),
            DateTimeOffset.FromUnixTimeMilliseconds(at),
            (int)letter.GetProperty("attempts").GetDouble());
    }
}
