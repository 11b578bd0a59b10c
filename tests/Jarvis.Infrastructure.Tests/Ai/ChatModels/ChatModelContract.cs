using System.Text.Json;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

/// <summary>Promises of <see cref="IChatModel"/>, tested over real HTTP for every adapter that calls a server.</summary>
public abstract class ChatModelContract : ChatModelFaultContract
{
    [Fact]
    public async Task Answer_is_streamed_and_ends_with_its_token_usage()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "Nice to **meet** you.\n\nGdańsk — 🦊";

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("Nice to **meet** you.\n\nGdańsk — 🦊");
        answer.Chunks.Should().HaveCountGreaterThan(3);
        answer.UsedTokens.Should().BeGreaterThan(answer.Chunks.Count);
    }

    [Fact]
    public async Task Request_carries_the_messages_the_model_and_the_limits()
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
    public async Task First_chunk_arrives_before_the_answer_is_complete()
    {
        await using var models = await StartAsync();
        Server.AddFault(OpenAiFault.SilentAfter(2));
        using var cancellation = new CancellationTokenSource();
        await using var events = models.Catalog.Find(Model).Value
            .StreamAsync(ChatModelFixture.Request("Hello"), cancellation.Token)
            .GetAsyncEnumerator(cancellation.Token);

        await events.MoveNextAsync();

        events.Current.Should().Be(new ModelEvent.Text("You"));
        await cancellation.CancelAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_ends_the_call_at_the_server(bool hasFirstToken)
    {
        await using var models = await StartAsync();
        Server.AddFault(hasFirstToken ? OpenAiFault.SilentAfter(1) : OpenAiFault.Silence);
        using var cancellation = new CancellationTokenSource();
        var asking = models.AskAsync(Model, cancellationToken: cancellation.Token);
        var request = await Server.WaitForAsync();

        await cancellation.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await request.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
    }

    [Fact]
    public async Task Answer_that_reaches_the_token_limit_succeeds()
    {
        await using var models = await StartAsync();
        Server.Answer = _ => "One two three";
        Server.AddFault(OpenAiFault.Finishing("length"));

        var answer = await models.AskAsync(Model);

        answer.Text.Should().Be("One two three");
        answer.UsedTokens.Should().BePositive();
    }

    [Fact]
    public async Task Key_is_sent_but_not_shown_in_errors()
    {
        await using var models = await StartAsync();
        Server.ApiKey = Secrets.WrongKey;

        var answer = await models.AskAsync(Model);

        answer.Error.Code.Should().Be("model.unauthorized");
        answer.Error.ToString().Should().NotContain(Key);
        Server.Chats.Single().Headers.Values.Should().Contain(value => value.EndsWith(Key));
    }

    [Fact]
    public async Task Model_that_rejects_temperature_is_called_without_it()
    {
        await using var models = await StartAsync();
        Server.AddFault(
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
    public async Task Catalog_names_the_provider_of_the_model()
    {
        await using var models = await StartAsync();

        var description = models.Catalog.Find(Model).Value.Description;

        description.Should().Be(new ChatModelDescription(Model, Provider, Available: true, Local: Provider == "local"));
    }
}
