using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Chat;

/// <summary>After any model fault, the error tells the user what happened, the prompt is stored and a retry works.</summary>
public sealed class ModelFaultTests(ModelHostFixture fixture) : ModelTestBase(
    fixture,
    "This is a whole answer, at last.",
    ("ChatModels:FirstTokenTimeout", "00:00:01"),
    ("ChatModels:TokenTimeout", "00:00:01"),
    ("ChatModels:Retries", "0"))
{
    public static TheoryData<string, string, int> Faults => new()
    {
        { "unauthorized", "model.unauthorized", 502 },
        { "rate limited", "model.rate_limited", 429 },
        { "server error", "model.failed", 502 },
        { "garbage", "model.bad_answer", 502 },
        { "page", "model.bad_answer", 502 },
        { "cut", "model.cut_off", 502 },
        { "unfinished", "model.cut_off", 502 },
        { "silence", "model.timeout", 503 },
        { "silence midway", "model.timeout", 503 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Model_failure_returns_a_problem_and_a_failed_turn_that_can_be_retried(string fault, string code, int status)
    {
        model.AddFault(Fault(fault));

        using var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Are you there?" });

        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        ((int)response.StatusCode).Should().Be(status, problem.ToString());
        problem.Text("code").Should().Be(code);
        problem.Text("detail").Should().NotContain(Secrets.OpenAiKey);
        var failed = (await person.TurnsAsync(problem.Id("conversationId"))).Single();
        failed.Text("status").Should().Be("failed");
        failed.Text("prompt").Should().Be("Are you there?");
        failed.GetProperty("error").Text("code").Should().Be(code);

        model.ClearFaults();
        var retried = await person.SendAsync(HttpMethod.Post, $"/chat/turns/{problem.Id("turnId")}/retry");
        retried.Text("response").Should().Be("This is a whole answer, at last.");
        (await person.TurnsAsync(problem.Id("conversationId"))).Single().Text("status").Should().Be("completed");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Model_failure_ends_the_stream_with_a_problem(string fault, string code, int status)
    {
        model.AddFault(Fault(fault));

        var events = await person.StreamAsync("Are you there?");

        events[0].Event.Should().Be("start");
        var (last, problem) = events[^1];
        last.Should().Be("error");
        problem.Text("code").Should().Be(code);
        problem.GetProperty("status").GetInt32().Should().Be(status);
        problem.Id("turnId").Should().Be(events[0].Data.Id("turnId"));
        (await person.TurnsAsync(problem.Id("conversationId"))).Single().Text("status").Should().Be("failed");
    }

    [Fact]
    public async Task Provider_rate_limit_is_returned_with_its_Retry_After()
    {
        model.AddFault(OpenAiFault.RateLimited(TimeSpan.FromSeconds(17)));

        using var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hi" });

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task Unreachable_model_error_names_its_address()
    {
        await model.DisposeAsync();

        using var response = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hi" });

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.Text("code").Should().Be("model.unreachable");
        problem.Text("detail").Should().Contain($"127.0.0.1:{model.Port}").And.Contain("saved");
    }

    [Fact]
    public async Task Only_a_failed_turn_can_be_retried()
    {
        var answer = await person.AskAsync("Hi");

        using var response = await person.RawAsync(HttpMethod.Post, $"/chat/turns/{answer.Id("turnId")}/retry");

        response.StatusCode.Should().Be(HttpStatusCode.Conflict);
        model.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task Concurrent_retries_of_a_turn_run_only_once()
    {
        model.AddFault(OpenAiFault.ServerError, times: 1);
        using var failed = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hi" });
        var turn = JsonSerializer.Deserialize<JsonElement>(await failed.Content.ReadAsStringAsync()).Id("turnId");

        var both = await Task.WhenAll(
            person.RawAsync(HttpMethod.Post, $"/chat/turns/{turn}/retry"),
            person.RawAsync(HttpMethod.Post, $"/chat/turns/{turn}/retry"));

        both.Select(response => response.StatusCode).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        model.Chats.Should().HaveCount(2);
    }

    private static OpenAiFault Fault(string name) => name switch
    {
        "unauthorized" => OpenAiFault.Unauthorized,
        "rate limited" => OpenAiFault.RateLimited(),
        "server error" => OpenAiFault.ServerError,
        "garbage" => OpenAiFault.GarbageStream,
        "page" => OpenAiFault.HtmlPage,
        "cut" => OpenAiFault.CutAfter(3),
        "unfinished" => OpenAiFault.EndsAfter(3),
        "silence" => OpenAiFault.Silence,
        "silence midway" => OpenAiFault.SilentAfter(3),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such fault."),
    };
}
