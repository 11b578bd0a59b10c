using System.Net;
using Jarvis.TestSupport;
using Jarvis.TestSupport.Database;
using Jarvis.TestSupport.Services;
using Npgsql;
using StackExchange.Redis;

namespace Jarvis.Server.Tests;

/// <summary>Number of server round trips of one answer, counted on the wire.</summary>
public sealed class RoundTripTests(RealServices services) : IAsyncLifetime
{
    // Requests that the driver sends on its own.
    private static readonly string[] Housekeeping = ["PING", "INFO", "CLIENT", "CONFIG", "ECHO", "CLUSTER", "HELLO", "AUTH", "SELECT", "SUBSCRIBE"];

    private PostgresDatabase database = null!;
    private PrivateRedis redis = null!;
    private CountingTcpProxy toPostgres = null!;
    private CountingTcpProxy toRedis = null!;
    private HostedJarvis jarvis = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        redis = await PrivateRedis.StartAsync(services);
        var postgres = new NpgsqlConnectionStringBuilder(database.ConnectionString) { SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };
        toPostgres = CountingTcpProxy.ToPostgres(new IPEndPoint(IPAddress.Loopback, postgres.Port));
        toRedis = CountingTcpProxy.ToRedis(new IPEndPoint(IPAddress.Loopback, redis.Port));
        (postgres.Host, postgres.Port) = ("127.0.0.1", toPostgres.Port);
        var options = ConfigurationOptions.Parse(redis.ConnectionString);
        options.EndPoints.Clear();
        options.EndPoints.Add(IPAddress.Loopback, toRedis.Port);
        jarvis = await HostedJarvis.StartAsync(
            JarvisProgram.Web,
            ("ConnectionStrings:Postgres", postgres.ToString()), ("ConnectionStrings:Redis", options.ToString(includePassword: true)));
    }

    public async ValueTask DisposeAsync()
    {
        await jarvis.DisposeAsync();
        toPostgres.Dispose();
        toRedis.Dispose();
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_takes_at_most_four_PostgreSQL_and_three_Redis_round_trips(bool inANewConversation)
    {
        using var person = await JarvisClient.RegisterAsync(jarvis.Address);
        var first = await person.AskAsync("My parrot is called Kiki");
        await person.AskAsync("What is my parrot called?", first.Id("conversationId"));
        toPostgres.Clear();
        toRedis.Clear();

        await person.AskAsync("And what is my parrot called in Polish?", inANewConversation ? null : first.Id("conversationId"));

        var asked = toRedis.Requests.Where(command => !Housekeeping.Contains(command.Split(' ')[0])).ToList();
        toPostgres.Requests.Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(4);
        asked.Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(3);
    }
}
