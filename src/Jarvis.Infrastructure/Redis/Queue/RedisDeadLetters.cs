using System.Globalization;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

internal sealed class RedisDeadLetters(IConnectionMultiplexer redis, QueueKeys keys) : IDeadLetters
{
    private const int PageSize = 1_000;

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int most, CancellationToken cancellationToken) => ExecuteAsync<IReadOnlyList<DeadLetter>>(async books =>
    {
        // The books hold them in no order.
        var letters = new List<DeadLetter>();
        await foreach (var entry in books.HashScanAsync(keys.Dead, pageSize: PageSize).WithCancellation(cancellationToken))
        {
            letters.Add(Read(entry.Name!, entry.Value!));
        }

        return [.. letters.OrderByDescending(letter => letter.At).Take(most)];
    });

    public Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) => ExecuteAsync(async books =>
        await books.HashGetAsync(keys.Dead, id).WaitAsync(cancellationToken) is { IsNull: false } entry ? Read(id, entry!) : null);

    public Task DiscardAsync(string id, CancellationToken cancellationToken) => ExecuteAsync(books => books.HashDeleteAsync(keys.Dead, id).WaitAsync(cancellationToken));

    private async Task<T> ExecuteAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            return await ask(redis.GetDatabase());
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            throw QueueErrors.Unavailable(e);
        }
    }

    // As the script that buries writes it.
    private static DeadLetter Read(string id, string entry)
    {
        using var document = JsonDocument.Parse(entry);
        var buried = document.RootElement;
        var at = long.Parse(buried.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);

        var (reason, arguments) = FailureText.Parse(buried.GetProperty("reason").GetString()!);

        return new DeadLetter(
            id,
            JobKey.ToJob(id),
            MemoryFailure.From(reason, arguments),
            DateTimeOffset.FromUnixTimeMilliseconds(at),
            (int)buried.GetProperty("attempts").GetDouble());
    }
}
