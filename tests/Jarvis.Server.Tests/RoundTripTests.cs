using Npgsql;

namespace Jarvis.Server.Tests;

/// <summary>Number of server round trips of one answer, counted on the wire.</summary>
public sealed class RoundTripTests(RealServices services) : IAsyncLifetime
{
    // Requests that the driver sends on its own.
    private static readonly string[] Housekeeping = ["PING", "INFO", "CLIENT", "CONFIG", "ECHO", "CLUSTER", "HELLO", "AUTH", "SELECT", "SUBSCRIBE"];

    private PostgresDatabase database = null!;
    private PrivateRedis redis = null!;
    private TcpProxy postgresProxy = null!;
    private TcpProxy redisProxy = null!;
    private HostedJarvis jarvis = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        redis = await PrivateRedis.StartAsync(services);
        var postgres = new NpgsqlConnectionStringBuilder(database.ConnectionString) { SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };
        postgresProxy = new TcpProxy(postgres.Port, () => new PostgresRequestReader());
        redisProxy = new TcpProxy(redis.Port, () => new RespRequestReader());
        (postgres.Host, postgres.Port) = ("127.0.0.1", postgresProxy.Port);
        jarvis = await HostedJarvis.StartAsync(
            JarvisProgram.Web,
            ("ConnectionStrings:Postgres", postgres.ToString()), ("ConnectionStrings:Redis", redis.ConnectionStringOver(redisProxy)));
    }

    public async ValueTask DisposeAsync()
    {
        await jarvis.DisposeAsync();
        postgresProxy.Dispose();
        redisProxy.Dispose();
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_takes_at_most_four_PostgreSQL_and_three_Redis_round_trips(bool startsConversation)
    {
        using var person = await JarvisClient.RegisterAsync(jarvis.Address);
        var first = await person.AskAsync("My parrot is called Kiki");
        await person.AskAsync("What is my parrot called?", first.Id("conversationId"));
        postgresProxy.Clear();
        redisProxy.Clear();

        await person.AskAsync("And what is my parrot called in Polish?", startsConversation ? null : first.Id("conversationId"));

        var commands = redisProxy.Requests.Where(command => !Housekeeping.Contains(command.Split(' ')[0])).ToList();
        postgresProxy.Requests.Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(4);
        commands.Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(3);
    }
}
