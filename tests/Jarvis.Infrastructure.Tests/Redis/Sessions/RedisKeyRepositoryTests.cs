using System.Reflection;
using System.Security.Cryptography;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.Sessions;
using Jarvis.TestSupport.Services;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.Sessions;

/// <summary>All web processes read data that one of them protected: cookies, forms, sessions.</summary>
public sealed class RedisKeyRepositoryTests : IAsyncLifetime
{
    private readonly List<IHost> processes = [];
    private PrivateRedis redis = null!;

    public async ValueTask InitializeAsync() => redis = await PrivateRedis.StartAsync(RealServices.Shared);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.StopAsync();
            process.Dispose();
        }

        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Processes_share_keys_before_and_after_Redis_loses_all_data()
    {
        var (one, two) = (await ProcessAsync(), await ProcessAsync());
        string[] before = [Protect(one), Protect(two)];
        ExpectAllReadable(before, one, two);

        await redis.RestartAsync(empty: true);
        var late = await ProcessAsync();

        await WaitUntilAllReadableAsync(() => [.. before, Protect(one), Protect(two), Protect(late)], one, two, late);
        (await KeysInRedisAsync()).Should().OnlyHaveUniqueItems().And.NotBeEmpty();
    }

    [Fact]
    public async Task Process_started_on_empty_Redis_exchanges_keys_with_the_others()
    {
        using var proxy = new CuttableTcpProxy(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, redis.Port));
        var throughProxy = redis.ConnectionString.Replace($":{redis.Port}", $":{proxy.Port}", StringComparison.Ordinal);
        var (one, two) = (await ProcessAsync(throughProxy), await ProcessAsync(throughProxy));
        string[] before = [Protect(one), Protect(two)];
        proxy.Cut();
        await redis.RestartAsync(empty: true);
        var early = await ProcessAsync();
        string[] between = [Protect(early)];

        proxy.Restore();

        await WaitUntilAllReadableAsync(() => [.. before, .. between, Protect(one), Protect(two), Protect(early)], one, two, early);
        (await KeysInRedisAsync()).Should().OnlyHaveUniqueItems().And.HaveCount(2);
    }

    [Fact]
    public async Task Keys_flushed_from_Redis_are_restored_for_a_new_process()
    {
        var one = await ProcessAsync();
        string[] before = [Protect(one)];
        await redis.CliAsync("FLUSHALL");

        var late = await ProcessAsync();
        string[] between = [Protect(late)];

        await WaitUntilAllReadableAsync(() => [.. before, .. between, Protect(one), Protect(late)], one, late);
    }

    [Fact]
    public async Task Duplicate_key_in_Redis_counts_as_one_key()
    {
        var one = await ProcessAsync();
        var before = Protect(one);
        await redis.CliAsync("RPUSH", "jarvis:keys", (await KeysInRedisAsync()).Single());

        var late = await ProcessAsync();

        ExpectAllReadable([before], late);
    }

    [Fact]
    public async Task Known_keys_still_work_during_Redis_outage()
    {
        var (one, two) = (await ProcessAsync(), await ProcessAsync());
        ExpectAllReadable([Protect(one), Protect(two)], one, two);

        await redis.KillAsync();

        ExpectAllReadable([Protect(one), Protect(two)], one, two);
    }

    private async Task<IHost> ProcessAsync(string? connectionString = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddRedis(_ => connectionString ?? redis.ConnectionString);
        builder.Services.AddSessions("Cookies");
        var process = builder.Build();
        processes.Add(process);

        // In its first two minutes a process reloads the list for every unknown key; this process counts as older.
        var ring = process.Services.GetRequiredService<IKeyRingProvider>();
        ring.GetType().GetProperty("AutoRefreshWindowEnd", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(ring, DateTime.MinValue);
        await process.StartAsync();
        Protect(process);

        return process;
    }

    private async Task<string[]> KeysInRedisAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);

        return [.. (await connection.GetDatabase().ListRangeAsync("jarvis:keys")).Select(key => key.ToString())];
    }

    private static IDataProtector ProtectorOf(IHost process) => process.Services.GetDataProtectionProvider().CreateProtector("test");

    private static string Protect(IHost process) => ProtectorOf(process).Protect("said");

    private static void ExpectAllReadable(IReadOnlyList<string> texts, params IHost[] readers) =>
        readers.SelectMany(reader => texts.Select(ProtectorOf(reader).Unprotect)).Should().OnlyContain(text => text == "said");

    private static Task WaitUntilAllReadableAsync(Func<IReadOnlyList<string>> texts, params IHost[] readers) => Eventually.IsTrueAsync(
        () =>
        {
            try
            {
                ExpectAllReadable(texts(), readers);

                return Task.FromResult(true);
            }
            catch (CryptographicException)
            {
                return Task.FromResult(false);
            }
        },
        "all processes share their keys");
}
