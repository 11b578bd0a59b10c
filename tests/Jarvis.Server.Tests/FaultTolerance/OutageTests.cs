using System.Diagnostics;
using System.Net;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>PostgreSQL or Redis is down for a while, and no Jarvis process is restarted.</summary>
public sealed class OutageTests(RealServices services)
{
    /// <summary>
    /// Longer than every timeout for a server in Jarvis (5 s), than the longest delay between two connection attempts, and than the lease
    /// below. A whole minute would test nothing more.
    /// </summary>
    private static readonly TimeSpan OutageDuration = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Maximum time for an answer or an error: a second or two, with room for a busy machine. Driver defaults are longer.
    /// </summary>
    private static readonly TimeSpan MaxResponseTime = TimeSpan.FromSeconds(15);

    private static readonly (string, string)[] Settings =
    [
        ("Memory:Lease", "00:00:05"),
        ("Memory:SweepInterval", "00:00:05"),
        ("Memory:RetryDelay", "00:00:01"),
    ];

    [Fact]
    public async Task Answers_continue_during_Redis_outage_and_memory_catches_up()
    {
        await using var server = await JarvisServer.StartAsync(services, [.. Settings, ("RateLimits:Chat:Permits", "30"), ("RateLimits:Chat:Per", "01:00:00")]);
        var (web, other) = (await AddressAsync(server), await AddressAsync(server));
        var worker = await server.HostAsync(JarvisProgram.Worker);
        using var person = await JarvisClient.RegisterAsync(web);
        using var otherClient = person.At(other);
        using var limitedUser = await JarvisClient.RegisterAsync(web);
        await person.AskAsync("Before");

        await server.Redis.KillAsync();
        var started = Stopwatch.GetTimestamp();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; Stopwatch.GetElapsedTime(started) < OutageDuration && i < 25; i++)
        {
            answers.Add(await AskWithinLimitAsync(person, $"{ScriptedExtractionReplies.Mark} number {i} was said without Redis"));
        }

        var unknownThere = await AskWithinLimitAsync(otherClient, "Am I still known here?");
        using var page = await otherClient.Http.GetAsync("/settings");
        using var health = await otherClient.Http.GetAsync("/health/live");
        var limited = new List<HttpStatusCode>();
        for (var i = 0; i < 35; i++)
        {
            limited.Add(await AskWithinLimitAsync(limitedUser, "And another"));
        }

        var act = () => JarvisClient.SignInAsync(web, person.Username);
        (await act.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("503");
        (await ReadyAsync(web)).Should().Be(HttpStatusCode.ServiceUnavailable);
        await WaitUntilAsync(started, OutageDuration);
        await server.Redis.RestartAsync(empty: false);

        answers.Should().NotBeEmpty().And.OnlyContain(status => status == HttpStatusCode.OK);
        unknownThere.Should().Be(HttpStatusCode.ServiceUnavailable, "the session cannot be checked, so the request is not rejected as unauthorized");
        page.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        health.StatusCode.Should().Be(HttpStatusCode.OK);
        limited.Should().Contain(HttpStatusCode.OK).And.Contain(HttpStatusCode.TooManyRequests);
        await Eventually.IsTrueAsync(async () => await ReadyAsync(web) == HttpStatusCode.OK, "the web process is ready again");
        await Eventually.IsTrueAsync(async () => await ReadyAsync(worker) == HttpStatusCode.OK, "the worker is ready again");
        await WaitForMemoryAsync(server);
        (await AskWithinLimitAsync(otherClient, "And now?")).Should().Be(HttpStatusCode.OK, "the session survives the outage");
        using var newSession = await JarvisClient.SignInAsync(other, person.Username);
        (await server.CountAsync("SELECT count(*) FROM memory_items")).Should().Be(answers.Count);
    }

    [Fact]
    public async Task Unresponsive_Redis_does_not_delay_answers()
    {
        await using var server = await JarvisServer.StartAsync(services, Settings);
        var web = await AddressAsync(server);
        using var person = await JarvisClient.RegisterAsync(web);
        await person.AskAsync("Before");

        await server.Redis.PauseAsync();
        var answers = new[] { await AskWithinLimitAsync(person, "One"), await AskWithinLimitAsync(person, "Two"), await AskWithinLimitAsync(person, "Three") };
        await server.Redis.ResumeAsync();

        answers.Should().OnlyContain(status => status == HttpStatusCode.OK);
        await Eventually.IsTrueAsync(async () => await ReadyAsync(web) == HttpStatusCode.OK, "the web process is ready again");
    }

    [Fact]
    public async Task PostgreSQL_outage_returns_retry_after_and_leaves_no_partial_data()
    {
        await using var server = await JarvisServer.StartAsync(services, Settings);
        var web = await AddressAsync(server);
        var worker = await server.HostAsync(JarvisProgram.Worker);
        using var person = await JarvisClient.RegisterAsync(web);
        var known = await person.AskAsync($"{ScriptedExtractionReplies.Mark} this was said before");
        server.Model.AddFault(OpenAiFault.SlowTokens(TimeSpan.FromMilliseconds(200)), request => request.Prompt == "Slowly");
        var interrupted = person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Slowly" });
        await server.Model.WaitForAsync(1, request => request.Prompt == "Slowly");

        await server.Postgres.StopAsync();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5; i++)
        {
            using var refused = await RawAsync(person, new { conversationId = known.Id("conversationId"), prompt = "Is anybody there?" });
            refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.Should().BePositive();
            (await refused.Content.ReadAsStringAsync()).Should().Contain("database.unavailable");
        }

        (await ReadyAsync(web)).Should().Be(HttpStatusCode.ServiceUnavailable);
        using var interruptedResponse = await interrupted;
        await WaitUntilAsync(started, OutageDuration);
        await server.Postgres.RestartAsync();

        interruptedResponse.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await Eventually.IsTrueAsync(async () => await AskWithinLimitAsync(person, $"{ScriptedExtractionReplies.Mark} this was said afterwards") == HttpStatusCode.OK, "answers work again");
        await Eventually.IsTrueAsync(async () => await ReadyAsync(worker) == HttpStatusCode.OK, "the worker is ready again");
        await Eventually.IsTrueAsync(
            async () => await server.SqlAsync("SELECT status FROM conversation_history WHERE prompt = 'Slowly'") == "completed",
            "the pending answer is stored");
        await WaitForMemoryAsync(server);
        (await server.SqlAsync("SELECT DISTINCT content FROM memory_items ORDER BY 1")).Should().Be("this was said afterwards\nthis was said before");
        (await server.CountAsync("SELECT count(*) FROM conversation c WHERE NOT EXISTS (SELECT 1 FROM conversation_history h WHERE h.conversation_id = c.conversation_id)"))
            .Should().Be(0);
        (await server.CountAsync("SELECT count(*) FROM conversation_history WHERE (status = 'completed') <> (response IS NOT NULL)")).Should().Be(0);
        (await server.CountAsync("SELECT count(*) FROM conversation_history WHERE prompt = 'Is anybody there?'")).Should().Be(0, "rejected requests stored nothing");
    }

    private static Task<Uri> AddressAsync(JarvisServer server) => server.HostAsync(JarvisProgram.Web);

    private static async Task<HttpStatusCode> AskWithinLimitAsync(JarvisClient person, string prompt)
    {
        using var response = await RawAsync(person, new { prompt });

        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> RawAsync(JarvisClient person, object body)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", body);
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(MaxResponseTime);

        return response;
    }

    private static async Task<HttpStatusCode> ReadyAsync(Uri address)
    {
        using var http = JarvisClient.CreateHttp(address);
        using var response = await http.GetAsync("/health/ready");

        return response.StatusCode;
    }

    private static Task WaitForMemoryAsync(JarvisServer server) => Eventually.IsTrueAsync(
        async () => await server.CountAsync("SELECT count(*) FROM conversation_history WHERE status = 'completed' AND remembered_at IS NULL") == 0,
        "all turns are remembered",
        TimeSpan.FromSeconds(60));

    // The duration of the outage is under test; no condition is awaited.
    private static Task WaitUntilAsync(long started, TimeSpan length) =>
        Stopwatch.GetElapsedTime(started) is var past && past < length ? Task.Delay(length - past) : Task.CompletedTask;
}
