using System.Net;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Redis;
using Jarvis.TestSupport.Output;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>One Redis for the tests of a class; each test uses its own keys.</summary>
public abstract class RedisFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = await StartAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        return ValueTask.CompletedTask;
    }

    internal async Task<ConnectionMultiplexer> ConnectAsync(string? connectionString = null)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(new RedisSettings(connectionString ?? ConnectionString).Shared());
        await Eventually.IsTrueAsync(() => Task.FromResult(redis.IsConnected), "connected to Redis");

        return redis;
    }

    /// <summary>Connects to the same Redis through a proxy that can cut the connection.</summary>
    internal (TcpProxy Line, string ConnectionString) ConnectThroughProxy()
    {
        var options = ConfigurationOptions.Parse(ConnectionString);
        var proxy = new TcpProxy((IPEndPoint)options.EndPoints.Single());
        options.EndPoints.Clear();
        options.EndPoints.Add(IPAddress.Loopback, proxy.Port);

        return (proxy, options.ToString(includePassword: true));
    }

    protected abstract Task<string> StartAsync();
}

public sealed class GarnetFixture : RedisFixture
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("jarvis-garnet-");
    private EmbeddedGarnet? garnet;

    public override ValueTask DisposeAsync()
    {
        garnet?.Dispose();
        directory.Delete(recursive: true);

        return base.DisposeAsync();
    }

    protected override Task<string> StartAsync()
    {
        garnet = EmbeddedRedisPassword.Register(EmbeddedGarnet.Start(directory.FullName, CapturedLogs.Factory));

        return Task.FromResult(garnet.ConnectionString);
    }
}

public sealed class RealRedisUnderTest : RedisFixture
{
    protected override Task<string> StartAsync() => RealServices.Shared.RedisAsync();
}
