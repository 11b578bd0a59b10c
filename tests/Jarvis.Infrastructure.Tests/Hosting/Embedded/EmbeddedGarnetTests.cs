using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Redis;
using Jarvis.TestSupport.Output;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Hosting.Embedded;

public sealed partial class EmbeddedGarnetTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("jarvis-garnet-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Connection_without_password_is_rejected()
    {
        using var garnet = Start();
        var withoutPassword = ConfigurationOptions.Parse(garnet.ConnectionString);
        withoutPassword.Password = null;

        var act = () => ConnectionMultiplexer.ConnectAsync(withoutPassword);

        await act.Should().ThrowAsync<RedisConnectionException>();
    }

    [Fact]
    public async Task Restart_preserves_all_data()
    {
        using (var before = Start())
        {
            await FillAsync(before.ConnectionString);
        }

        using var after = Start();

        await ExpectFilledAsync(after.ConnectionString);
    }

    [Fact]
    public async Task Clean_stop_leaves_an_empty_append_only_file()
    {
        using (var before = Start())
        {
            await FillAsync(before.ConnectionString);
        }

        using var after = Start();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(after.ConnectionString + ",allowAdmin=true");
        var persistence = (await redis.GetDatabase().ExecuteAsync("INFO", "PERSISTENCE")).ToString();
        var addresses = persistence.Split('\n')
            .Select(line => line.Trim().Split(':'))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);

        var length = long.Parse(addresses["TailAddress"], CultureInfo.InvariantCulture) - long.Parse(addresses["BeginAddress"], CultureInfo.InvariantCulture);
        length.Should().BeLessThan(100, "only the checkpoint marker remains");
    }

    [Fact]
    public async Task Data_written_before_a_kill_survives()
    {
        await using (var killed = ChildProcess.Start(new ProcessStartInfo("dotnet", [typeof(RealServices).Assembly.Location, "garnet", directory.FullName]) { RedirectStandardInput = true }))
        {
            await killed.WaitForOutputAsync(Up);
            await FillAsync(await File.ReadAllTextAsync(GarnetCommand.ConnectionFile(directory.FullName)));
            await killed.KillAsync();
        }

        using var after = Start();

        await ExpectFilledAsync(after.ConnectionString);
    }

    [Fact]
    public async Task Data_larger_than_memory_evicts_no_entries()
    {
        using var garnet = Start();
        await FillAsync(garnet.ConnectionString);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(garnet.ConnectionString);
        var large = new byte[512 * 1024];
        Random.Shared.NextBytes(large);

        for (var i = 0; i < 200; i++)
        {
            await redis.GetDatabase().StringSetAsync($"large:{i}", large, TimeSpan.FromHours(1));
        }

        await ExpectFilledAsync(garnet.ConnectionString);
        (await redis.GetDatabase().StringLengthAsync("large:0")).Should().Be(large.Length);
    }

    [Fact]
    public async Task Start_retries_with_another_port_when_a_port_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var takenPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        var free = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var ports = new Queue<int>([takenPort, takenPort, free]);

        using var garnet = EmbeddedRedisPassword.Register(EmbeddedGarnet.Start(directory.FullName, CapturedLogs.Factory, ports.Dequeue));

        await FillAsync(garnet.ConnectionString);
    }

    [Fact]
    public async Task Stopped_and_resumed_server_keeps_its_address_and_data()
    {
        using var garnet = Start();
        await FillAsync(garnet.ConnectionString);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new RedisSettings(garnet.ConnectionString).Shared());

        garnet.Stop();
        await Eventually.IsTrueAsync(() => Task.FromResult(!redis.IsConnected), "the driver detects the outage");
        garnet.Resume();
        await Eventually.IsTrueAsync(() => Task.FromResult(redis.IsConnected), "the driver reconnects");

        await ExpectFilledAsync(garnet.ConnectionString);
    }

    [Fact]
    public async Task Scripts_of_several_connections_run_atomically()
    {
        const string CountUp =
            """
            local count = tonumber(redis.call('HGET', KEYS[1], 'count') or '0')
            for i = 1, 50 do redis.call('HGET', KEYS[1], 'other') end
            redis.call('HSET', KEYS[1], 'count', tostring(count + 1))
            """;
        using var garnet = Start();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(garnet.ConnectionString);
            for (var i = 0; i < 500; i++)
            {
                await redis.GetDatabase().ScriptEvaluateAsync(CountUp, ["counter"]);
            }
        })));

        await using var reader = await ConnectionMultiplexer.ConnectAsync(garnet.ConnectionString);
        (await reader.GetDatabase().HashGetAsync("counter", "count")).Should().Be((RedisValue)2000);
    }

    private EmbeddedGarnet Start() => EmbeddedRedisPassword.Register(EmbeddedGarnet.Start(directory.FullName, CapturedLogs.Factory));

    private static async Task FillAsync(string connectionString)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var database = redis.GetDatabase();
        await database.ListLeftPushAsync("list", "job");
        await database.SortedSetAddAsync("sorted", "member", 5);
        await database.HashSetAsync("hash", "field", "value");
        await database.StringSetAsync("string", "value", TimeSpan.FromHours(1));
        await database.ScriptEvaluateAsync("return redis.call('SADD', KEYS[1], 'by a script')", ["set"]);
    }

    [GeneratedRegex("^up", RegexOptions.Multiline)]
    private static partial Regex Up { get; }

    private static async Task ExpectFilledAsync(string connectionString)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var database = redis.GetDatabase();

        (await database.ListRangeAsync("list")).Should().Equal("job");
        (await database.SortedSetScoreAsync("sorted", "member")).Should().Be(5);
        (await database.HashGetAsync("hash", "field")).Should().Be((RedisValue)"value");
        (await database.StringGetAsync("string")).Should().Be((RedisValue)"value");
        (await database.SetContainsAsync("set", "by a script")).Should().BeTrue();
    }
}
