using Jarvis.Testing.Services;

namespace Jarvis.Server.Tests.Services;

/// <summary>What the tests of this project stand on: servers that can really be broken.</summary>
public sealed class PrivateServersTests(RealServices services)
{
    [Fact]
    public async Task A_killed_Redis_comes_back_under_its_address_with_what_it_held()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.CliAsync("SET", "kept", "yes");

        await redis.KillAsync();
        var away = () => redis.CliAsync("PING");
        await away.Should().ThrowAsync<InvalidOperationException>();
        await redis.RestartAsync(empty: false);

        (await redis.CliAsync("GET", "kept")).Should().Be("yes");
    }

    [Fact]
    public async Task A_Redis_can_come_back_with_an_empty_memory()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.CliAsync("SET", "lost", "yes");

        await redis.RestartAsync(empty: true);

        (await redis.CliAsync("EXISTS", "lost")).Should().Be("0");
    }

    [Fact]
    public async Task A_halted_Redis_answers_only_when_it_goes_on()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.PauseAsync();

        var asked = redis.CliAsync("PING");
        var early = await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(200)));
        await redis.ResumeAsync();

        early.Should().NotBeSameAs(asked);
        (await asked).Should().Be("PONG");
    }

    [Fact]
    public async Task What_PostgreSQL_committed_is_there_after_it_was_killed_and_after_a_restart()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await postgres.CreateDatabaseAsync("jarvis");
        await postgres.SqlAsync("jarvis", "CREATE TABLE said (word text); INSERT INTO said VALUES ('one')");

        await postgres.KillAsync();
        await postgres.RestartAsync();
        await postgres.SqlAsync("jarvis", "INSERT INTO said VALUES ('two')");
        await postgres.RestartAsync();

        (await postgres.SqlAsync("jarvis", "SELECT word FROM said")).Should().Be("one\ntwo");
    }

    [Fact]
    public async Task A_database_is_a_copy_of_its_template()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await postgres.CreateDatabaseAsync("first");
        await postgres.SqlAsync("first", "CREATE EXTENSION vector; CREATE TABLE kept (place vector(3))");

        await postgres.CreateDatabaseAsync("second", template: "first");

        (await postgres.SqlAsync("second", "SELECT count(*) FROM kept")).Should().Be("0");
    }

    [Fact]
    public async Task A_halted_PostgreSQL_answers_only_when_it_goes_on()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await postgres.PauseAsync();

        var asked = postgres.SqlAsync("postgres", "SELECT 1");
        var early = await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(200)));
        await postgres.ResumeAsync();

        early.Should().NotBeSameAs(asked);
        (await asked).Should().Be("1");
    }
}
