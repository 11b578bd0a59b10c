using System.Diagnostics;
using System.Text.Json;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Infrastructure.Tests.ChatModels;

/// <summary>What <see cref="IChatModel"/> promises, of every adapter that talks to a server, over real HTTP.</summary>
public abstract class ChatModelContract : IAsyncLifetime
{
    protected abstract string Key { get; }
    protected const string Model = "stand-in";

    protected OpenAiStandIn Server { get; private set; } = null!;

    protected abstract string Provider { get; }

    /// <summary>The setting that an unreachable server's error names.</summary>
    protected abstract string AddressSetting { get; }

    protected abstract (string Key, string? Value)[] Settings(Uri root);

    public async ValueTask InitializeAsync() => Server = await OpenAiStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_answer_comes_piece_by_piece_and_ends_with_the_tokens_it_took()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "Nice to **meet** you.\n\nGdańsk — 🦊";

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("Nice to **meet** you.\n\nGdańsk — 🦊");
        answer.Pieces.Should().HaveCountGreaterThan(3);
        answer.UsedTokens.Should().BeGreaterThan(answer.Pieces.Count);
    }

    [Fact]
    public async Task A_request_carries_the_messages_the_model_and_the_limits()
    {
        await using var models = await StartAsync();

        await models.AskAsync(Model, "What is my dog called?");

        var request = Server.Chats.Should().ContainSingle().Subject;
        request.Model.Should().Be(Model);
        request.Messages.Should().Equal(
            ("system", "You are Jarvis."),
            ("user", "Good morning"),
            ("assistant", "Good morning!"),
            ("user", "What is my dog called?"));
        request.Member("temperature").GetDouble().Should().BeApproximately(0.25, 0.001);
        (request.Member("max_tokens") is { ValueKind: JsonValueKind.Number } limit ? limit : request.Member("max_completion_tokens"))
            .GetInt32().Should().Be(321);
    }

    [Fact]
    public async Task The_first_piece_is_there_before_the_last_is_written()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.SilentAfter(2));
        using var cancellation = new CancellationTokenSource();
        await using var events = models.Catalog.Find(Model).Value
            .StreamAsync(ModelsUnderTest.Request("Hello"), cancellation.Token)
            .GetAsyncEnumerator(cancellation.Token);

        await events.MoveNextAsync();

        events.Current.Should().Be(new ModelEvent.Text("You"));
        await cancellation.CancelAsync();
    }

    [Fact]
    public async Task A_cancelled_answer_ends_the_call_at_the_server()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.SilentAfter(1));
        using var cancellation = new CancellationTokenSource();
        var asking = models.AskAsync(Model, cancellationToken: cancellation.Token);
        var request = await Server.WaitForAsync();

        await cancellation.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await request.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
    }

    [Fact]
    public async Task A_cancelled_wait_for_the_first_word_ends_the_call_at_the_server()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.Silence);
        using var cancellation = new CancellationTokenSource();
        var asking = models.AskAsync(Model, cancellationToken: cancellation.Token);
        var request = await Server.WaitForAsync();

        await cancellation.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await request.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
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
    public async Task A_refusal_has_its_code_and_is_repeated_only_where_that_helps(string status, string code, ErrorKind kind, int requests)
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.WithStatus(int.Parse(status, null)));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be(code);
        answer.Error.Kind.Should().Be(kind);
        answer.Error.Message.Should().Contain("Your message is saved").And.Contain(Server.Root.Authority);
        answer.Pieces.Should().BeEmpty();
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
    public async Task What_is_no_whole_answer_fails_and_is_not_asked_for_again(string fault, string code)
    {
        await using var models = await StartAsync();
        Server.Answer = _ => fault == "empty" ? "" : "One two three four five";
        Server.Misbehave(fault switch
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
    public async Task What_came_before_a_cut_is_given()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three four five";
        Server.Misbehave(OpenAiFault.CutAfter(2));

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two");
    }

    [Fact]
    public async Task An_answer_that_reached_its_greatest_length_is_an_answer()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three";
        Server.Misbehave(OpenAiFault.Finishing("length"));

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two three");
        answer.UsedTokens.Should().BePositive();
    }

    [Fact]
    public async Task A_whole_answer_stays_one_when_the_connection_breaks_behind_it()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three";
        Server.Misbehave(new OpenAiFault { Ending = OpenAiEnding.CutBehindFinish });

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two three");
        answer.UsedTokens.Should().BeNull();
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_seen()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.ServerError, times: 2);

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Contain("Hello there");
        answer.UsedTokens.Should().BePositive();
        Server.Chats.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_rate_limit_is_passed_on_with_its_pause()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.RateLimited(TimeSpan.FromSeconds(17)));

        var answer = await models.AskAsync(Model);

        answer.Error.Kind.Should().Be(ErrorKind.LimitReached);
        answer.Error.RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_asks_for_a_long_pause_is_not_asked_again()
    {
        await using var models = await StartAsync();
        Server.Misbehave(OpenAiFault.WithStatus(503) with { RetryAfter = TimeSpan.FromMinutes(1) });

        var answer = await models.AskAsync(Model);

        answer.Error.RetryAfter.Should().Be(TimeSpan.FromMinutes(1));
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_with_the_setting_to_look_at()
    {
        using var nobody = new ClosedPort();
        await using var models = new ModelsUnderTest(Settings(new Uri($"http://127.0.0.1:{nobody.Number}/")));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.unreachable");
        answer.Error.Kind.Should().Be(ErrorKind.Unavailable);
        answer.Error.Message.Should().Contain($"127.0.0.1:{nobody.Number}").And.Contain(AddressSetting).And.Contain("Your message is saved");
    }

    [Fact]
    public async Task Silence_before_the_first_word_ends_at_its_limit()
    {
        await using var models = await StartAsync(
            ("ChatModels:FirstTokenTimeout", "00:00:00.3"),
            ("ChatModels:LocalFirstTokenTimeout", "00:00:00.3"));
        Server.Misbehave(OpenAiFault.Silence);
        var started = Stopwatch.GetTimestamp();

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.timeout");
        answer.Error.Kind.Should().Be(ErrorKind.Unavailable);
        answer.Error.Message.Should().Contain("0.3 s");
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
        (await Server.Chats.Should().ContainSingle().Subject.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
    }

    [Fact]
    public async Task Silence_in_the_middle_of_an_answer_ends_at_its_limit()
    {
        await using var models = await StartAsync(("ChatModels:TokenTimeout", "00:00:00.3"));
        Server.Misbehave(OpenAiFault.SilentAfter(2));

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.timeout");
        answer.Text.Should().Be("You said:");
        Server.Chats.Should().ContainSingle();
    }

    [Fact]
    public async Task The_key_is_sent_and_never_told()
    {
        await using var models = await StartAsync();
        Server.ApiKey = Secrets.WrongKey;

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.unauthorized");
        answer.Error.ToString().Should().NotContain(Key);
        Server.Chats.Single().Headers.Values.Should().Contain(value => value.EndsWith(Key));
    }

    [Fact]
    public async Task A_model_that_takes_no_temperature_is_asked_without()
    {
        await using var models = await StartAsync();
        Server.Misbehave(
            OpenAiFault.WithStatus(400) with { Parameter = "temperature" },
            request => request.Member("temperature").ValueKind == JsonValueKind.Number);

        var first = await models.AskAsync(Model);
        var second = await models.AskAsync(Model);

        first.UsedTokens.Should().BePositive();
        second.UsedTokens.Should().BePositive();
        Server.Chats.Select(request => request.Member("temperature").ValueKind)
            .Should().Equal(JsonValueKind.Number, JsonValueKind.Undefined, JsonValueKind.Undefined);
    }

    [Fact]
    public async Task The_catalogue_says_whose_model_it_is()
    {
        await using var models = await StartAsync();

        var description = models.Catalog.Find(Model).Value.Description;

        description.Should().Be(new ChatModelDescription(Model, Provider, Available: true, Local: Provider == "local"));
    }

    private async Task<ModelsUnderTest> StartAsync(params (string Key, string? Value)[] more)
    {
        var models = new ModelsUnderTest([.. Settings(Server.Root), .. more]);
        await models.LookAsync();

        return models;
    }
}
