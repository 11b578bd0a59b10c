using System.Diagnostics;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

/// <summary>Promises of <see cref="IChatModel"/> about faults, tested over real HTTP for every adapter that calls a server.</summary>
public abstract class ChatModelFaultContract : IAsyncLifetime
{
    protected const string Model = "stand-in";

    protected abstract string Key { get; }

    protected OpenAiStandIn Server { get; private set; } = null!;

    protected abstract string Provider { get; }

    /// <summary>Setting that the error of an unreachable server names.</summary>
    protected abstract string AddressSetting { get; }

    protected abstract (string Key, string? Value)[] Settings(Uri root);

    public async ValueTask InitializeAsync() => Server = await OpenAiStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<string, string, ErrorKind, int> Refusals => new()
    {
        { "401", "model.unauthorized", ErrorKind.UpstreamFailed, 1 },
        { "403", "model.unauthorized", ErrorKind.UpstreamFailed, 1 },
        { "404", "model.not_found", ErrorKind.UpstreamFailed, 1 },
        { "400", "model.refused", ErrorKind.UpstreamFailed, 1 },
        { "302", "model.bad_answer", ErrorKind.UpstreamFailed, 1 },
        { "429", "model.rate_limited", ErrorKind.LimitReached, 1 },
        { "408", "model.failed", ErrorKind.UpstreamFailed, 3 },
        { "500", "model.failed", ErrorKind.UpstreamFailed, 3 },
        { "503", "model.failed", ErrorKind.UpstreamFailed, 3 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Error_status_maps_to_code_and_only_transient_ones_are_retried(string status, string code, ErrorKind kind, int requests)
    {
        await using var models = await StartAsync();
        Server.AddFault(OpenAiFault.WithStatus(int.Parse(status, null)));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be(code);
        answer.Error.Kind.Should().Be(kind);
        answer.Error.Message.Should().Contain("Your message is saved").And.Contain(Server.Root.Authority);
        answer.Chunks.Should().BeEmpty();
        Server.Chats.Should().HaveCount(requests);
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { "garbage", "model.bad_answer" },
        { "garbage stream", "model.bad_answer" },
        { "html", "model.bad_answer" },
        { "empty", "model.bad_answer" },
        { "ends at once", "model.bad_answer" },
        { "filtered", "model.filtered" },
        { "cut", "model.cut_off" },
        { "ends early", "model.cut_off" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Incomplete_or_invalid_answer_fails_without_retry(string fault, string code)
    {
        await using var models = await StartAsync();
        Server.Answer = _ => fault == "empty" ? "" : "One two three four five";
        Server.AddFault(fault switch
        {
            "garbage" => OpenAiFault.Garbage,
            "garbage stream" => OpenAiFault.GarbageStream,
            "html" => OpenAiFault.HtmlPage,
            "ends at once" => OpenAiFault.EndsAfter(0),
            "filtered" => OpenAiFault.Finishing("content_filter"),
            "cut" => OpenAiFault.CutAfter(2),
            "ends early" => OpenAiFault.EndsAfter(2),
            _ => OpenAiFault.None,
        });

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be(code);
        answer.Error.Message.Should().Contain("Your message is saved").And.Contain(Server.Root.Authority);
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task Text_before_a_dropped_connection_is_returned()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three four five";
        Server.AddFault(OpenAiFault.CutAfter(2));

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two");
    }

    [Fact]
    public async Task Complete_answer_succeeds_when_the_connection_drops_afterwards()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three";
        Server.AddFault(new OpenAiFault { Ending = StreamEnding.CutAfterFinish });

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two three");
        answer.UsedTokens.Should().BeNull();
    }

    [Fact]
    public async Task Transient_failure_is_retried_until_it_succeeds()
    {
        await using var models = await StartAsync();
        Server.AddFault(OpenAiFault.ServerError, times: 2);

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Contain("Hello there");
        answer.UsedTokens.Should().BePositive();
        Server.Chats.Should().HaveCount(3);
    }

    [Fact]
    public async Task Rate_limit_is_returned_with_retry_after_and_without_retry()
    {
        await using var models = await StartAsync();
        Server.AddFault(OpenAiFault.RateLimited(TimeSpan.FromSeconds(17)));

        var answer = await models.AskAsync(Model);

        answer.Error.Kind.Should().Be(ErrorKind.LimitReached);
        answer.Error.RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task Error_with_long_retry_after_is_not_retried()
    {
        await using var models = await StartAsync();
        Server.AddFault(OpenAiFault.WithStatus(503) with { RetryAfter = TimeSpan.FromMinutes(1) });

        var answer = await models.AskAsync(Model);

        answer.Error.RetryAfter.Should().Be(TimeSpan.FromMinutes(1));
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task Unreachable_server_error_names_address_and_setting()
    {
        using var closedPort = new ClosedPort();
        await using var models = new ChatModelFixture(Settings(new Uri($"http://127.0.0.1:{closedPort.Number}/")));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.unreachable");
        answer.Error.Kind.Should().Be(ErrorKind.Unavailable);
        answer.Error.Message.Should().Contain($"127.0.0.1:{closedPort.Number}").And.Contain(AddressSetting).And.Contain("Your message is saved");
    }

    [Fact]
    public async Task First_token_timeout_ends_a_silent_call()
    {
        await using var models = await StartAsync(
            ("ChatModels:FirstTokenTimeout", "00:00:00.3"),
            ("ChatModels:LocalFirstTokenTimeout", "00:00:00.3"));
        Server.AddFault(OpenAiFault.Silence);
        var started = Stopwatch.GetTimestamp();

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.timeout");
        answer.Error.Kind.Should().Be(ErrorKind.Unavailable);
        answer.Error.Message.Should().Contain("0.3 s");
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
        (await Server.Chats.Should().ContainSingle().Subject.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
    }

    [Fact]
    public async Task Idle_timeout_ends_a_stalled_answer_and_keeps_its_text()
    {
        await using var models = await StartAsync(("ChatModels:TokenTimeout", "00:00:00.3"));
        Server.AddFault(OpenAiFault.SilentAfter(2));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.timeout");
        answer.Text.Should().Be("You said:");
        Server.Chats.Should().ContainSingle();
    }

    private protected async Task<ChatModelFixture> StartAsync(params (string Key, string? Value)[] settings)
    {
        var models = new ChatModelFixture([.. Settings(Server.Root), .. settings]);
        await models.ProbeAsync();

        return models;
    }
}
