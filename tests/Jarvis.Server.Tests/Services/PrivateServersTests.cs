namespace Jarvis.Server.Tests.Services;

/// <summary>Private servers of this project's tests, which a test can break.</summary>
public sealed class PrivateServersTests(RealServices services)
{
    [Fact]
    public async Task Killed_Redis_restarts_at_the_same_address_with_its_data()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.CliAsync("SET", "key", "yes");

        await redis.KillAsync();
        var act = () => redis.CliAsync("PING");
        await act.Should().ThrowAsync<InvalidOperationException>();
        await redis.RestartAsync(empty: false);

        (await redis.CliAsync("GET", "key")).Should().Be("yes");
    }

    [Fact]
    public async Task Redis_can_restart_empty()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.CliAsync("SET", "lost", "yes");

        await redis.RestartAsync(empty: true);

        (await redis.CliAsync("EXISTS", "lost")).Should().Be("0");
    }

    [Fact]
    public async Task Paused_Redis_answers_only_after_resume()
    {
        await using var redis = await PrivateRedis.StartAsync(services);
        await redis.PauseAsync();

        var call = redis.CliAsync("PING");
        var early = await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(200)));
        await redis.ResumeAsync();

        early.Should().NotBeSameAs(call);
        (await call).Should().Be("PONG");
    }

    [Fact]
    public async Task PostgreSQL_keeps_committed_data_after_kill_and_restart()
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
    public async Task Database_is_a_copy_of_its_template()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await postgres.CreateDatabaseAsync("first");
        await postgres.SqlAsync("first", "CREATE EXTENSION vector; CREATE TABLE kept (place vector(3))");

        await postgres.CreateDatabaseAsync("second", template: "first");

        (await postgres.SqlAsync("second", "SELECT count(*) FROM kept")).Should().Be("0");
    }

    [Fact]
    public async Task Paused_PostgreSQL_answers_only_after_resume()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await postgres.PauseAsync();

        var call = postgres.SqlAsync("postgres", "SELECT 1");
        var early = await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(200)));
        await postgres.ResumeAsync();

        early.Should().NotBeSameAs(call);
        (await call).Should().Be("1");
    }
}
