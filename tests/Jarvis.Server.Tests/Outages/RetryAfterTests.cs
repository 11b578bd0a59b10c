using System.Net;
using System.Net.Http.Headers;
using Npgsql;

namespace Jarvis.Server.Tests.Outages;

/// <summary>Errors caused by an unavailable server tell the client when to retry.</summary>
public sealed class RetryAfterTests(RealServices services) : IAsyncLifetime
{
    private static readonly TimeSpan ExpectedRetryAfter = TimeSpan.FromSeconds(5);

    private PostgresDatabase database = null!;
    private PrivateRedis redis = null!;
    private TcpProxy postgresProxy = null!;
    private HostedJarvis jarvis = null!;
    private JarvisClient person = null!;
    private JarvisClient program = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        redis = await PrivateRedis.StartAsync(services);
        var postgres = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        postgresProxy = new TcpProxy(postgres.Port);
        (postgres.Host, postgres.Port) = ("127.0.0.1", postgresProxy.Port);
        jarvis = await HostedJarvis.StartAsync(
            JarvisProgram.Web,
            ("ConnectionStrings:Postgres", postgres.ToString()), ("ConnectionStrings:Redis", redis.ConnectionString));
        person = await JarvisClient.RegisterAsync(jarvis.Address);
        program = new JarvisClient(JarvisClient.CreateHttp(jarvis.Address));
        var token = await person.SendAsync(HttpMethod.Post, "/tokens", new { name = "test" });
        program.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text("token"));
    }

    public async ValueTask DisposeAsync()
    {
        program.Dispose();
        person.Dispose();
        await jarvis.DisposeAsync();
        postgresProxy.Dispose();
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Calls_and_pages_return_retry_after_until_PostgreSQL_recovers()
    {
        postgresProxy.Cut();

        using var call = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hello" });
        using var withToken = await program.RawAsync(HttpMethod.Get, "/settings");
        using var page = await PageAsync("/memories");

        foreach (var refused in new[] { call, withToken, page })
        {
            refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.Should().Be(ExpectedRetryAfter);
        }

        postgresProxy.Restore();
        (await person.AskAsync("Hello")).Text("response").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Sign_in_without_Redis_returns_retry_after()
    {
        using var browser = new JarvisClient(JarvisClient.CreateHttp(jarvis.Address));
        browser.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await redis.KillAsync();

        using var refused = await browser.PostFormAsync("/account/login", new() { ["Login"] = person.Username, ["Password"] = Secrets.Password });

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.Should().Be(ExpectedRetryAfter);
    }

    private async Task<HttpResponseMessage> PageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");

        return await person.Http.SendAsync(request);
    }
}
