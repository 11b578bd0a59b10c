using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>All web processes read data that one of them protected: cookies, forms, sessions.</summary>
public sealed class DataProtectionKeysTests : IAsyncLifetime
{
    private readonly List<IHost> processes = [];
    private PostgresDatabase database = null!;
    private TcpProxy proxy = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        proxy = new TcpProxy(server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.ToList())
        {
            await StopAsync(process);
        }

        proxy.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Processes_share_the_key_that_the_migration_created()
    {
        var (one, two) = (await StartAsync(AddPostgres), await StartAsync(AddPostgres));

        AllUnderstand([Protect(one), Protect(two)], one, two);
        (await CountKeysAsync(one)).Should().Be(1);
    }

    [Fact]
    public async Task Keys_survive_a_restart_with_an_empty_Redis()
    {
        await using var redis = await PrivateRedis.StartAsync(RealServices.Shared);
        var before = await StartAsync(AddAll);
        var text = Protect(before);
        await StopAsync(before);
        await redis.RestartAsync(empty: true);

        var after = await StartAsync(AddAll);

        AllUnderstand([text], after);
        (await CountKeysAsync(after)).Should().Be(1);

        void AddAll(IServiceCollection services)
        {
            AddPostgres(services);
            services.AddRedis(_ => redis.ConnectionString).AddSessions("Cookies");
        }
    }

    [Fact]
    public async Task Keys_of_embedded_mode_survive_a_restart()
    {
        await using var file = await TestDatabase.SqliteAsync();
        var before = await StartAsync(services => file.AddTo(services));
        var text = Protect(before);
        await StopAsync(before);

        var after = await StartAsync(services => file.AddTo(services));

        AllUnderstand([text], after);
        (await CountKeysAsync(after)).Should().Be(1);
    }

    [Fact]
    public async Task Known_keys_still_work_during_a_database_outage()
    {
        var (one, two) = (await StartAsync(AddPostgres), await StartAsync(AddPostgres));

        proxy.Cut();

        AllUnderstand([Protect(one), Protect(two)], one, two);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_starts_without_the_database_and_reads_the_keys_later(bool refusesConnections)
    {
        var text = Protect(await StartAsync(AddPostgres));
        (refusesConnections ? (Action)proxy.Cut : proxy.Stall)();
        var began = Stopwatch.GetTimestamp();

        var late = await StartAsync(AddPostgres);

        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(15));
        var outage = late.Invoking(Protect).Should().Throw<CryptographicException>().Which;
        new DatabaseErrorClassifier().IsTransient(outage).Should().BeTrue("the caller gets 503");
        proxy.Restore();
        AllUnderstand([text, Protect(late)], late);
        (await CountKeysAsync(late)).Should().Be(1);
    }

    [Fact]
    public void Keys_are_not_logged_with_data_protection_at_Debug()
    {
        const string Category = "Microsoft.AspNetCore.DataProtection";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Logging:LogLevel:{Category}", "Debug")]);
        configuration.AddLogDefaults();
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(configuration.Build().GetSection("Logging")).AddSimpleConsole());

        loggers.CreateLogger($"{Category}.KeyManagement.XmlKeyManager").IsEnabled(LogLevel.Debug).Should().BeTrue();
        loggers.CreateLogger($"{Category}.EntityFrameworkCore.EntityFrameworkCoreXmlRepository").IsEnabled(LogLevel.Debug).Should().BeFalse();
    }

    private void AddPostgres(IServiceCollection services) =>
        services.AddPostgres(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = proxy.Port }.ToString());

    private async Task<IHost> StartAsync(Action<IServiceCollection> addDatabase)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging().AddDataProtectionKeys();
        addDatabase(builder.Services);
        var process = builder.Build();
        processes.Add(process);

        // In its first two minutes a process reads the keys again for every unknown key; this process counts as older.
        var ring = process.Services.GetRequiredService<IKeyRingProvider>();
        ring.GetType().GetProperty("AutoRefreshWindowEnd", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(ring, DateTime.MinValue);
        await process.StartAsync();

        return process;
    }

    private async Task StopAsync(IHost process)
    {
        processes.Remove(process);
        await process.StopAsync();
        process.Dispose();
    }

    private static async Task<int> CountKeysAsync(IHost process)
    {
        await using var scope = process.Services.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().DataProtectionKeys.CountAsync();
    }

    private static IDataProtector ProtectorOf(IHost process) => process.Services.GetDataProtectionProvider().CreateProtector("test");

    private static string Protect(IHost process) => ProtectorOf(process).Protect("said");

    private static void AllUnderstand(IReadOnlyList<string> texts, params IHost[] readers) =>
        readers.SelectMany(reader => texts.Select(ProtectorOf(reader).Unprotect)).Should().OnlyContain(text => text == "said");
}
