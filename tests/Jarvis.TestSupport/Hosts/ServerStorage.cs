using Jarvis.TestSupport.Database;
using Jarvis.TestSupport.Services;

namespace Jarvis.TestSupport.Hosts;

internal sealed class ServerStorage : IHostStorage
{
    private readonly PostgresDatabase database;
    private readonly PrivateRedis redis;

    private ServerStorage(PostgresDatabase database, PrivateRedis redis) => (this.database, this.redis) = (database, redis);

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["ConnectionStrings:Postgres"] = database.ConnectionString,
        ["ConnectionStrings:Redis"] = redis.ConnectionString,
    };

    public static async Task<ServerStorage> CreateAsync() =>
        new(await PostgresDatabase.CreateAsync(), await PrivateRedis.StartAsync(RealServices.Shared));

    public void RegisterSecrets(IServiceProvider web)
    {
        // The secrets of the servers are already registered.
    }

    public Task StopRedisAsync(IServiceProvider web) => redis.KillAsync();

    public Task ResumeRedisAsync(IServiceProvider web) => redis.RestartAsync(empty: false);

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }
}
