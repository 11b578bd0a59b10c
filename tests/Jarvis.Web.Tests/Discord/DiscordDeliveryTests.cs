namespace Jarvis.Web.Tests.Discord;

public sealed class DiscordDeliveryTests : IAsyncLifetime
{
    private DiscordFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await DiscordFixture.RentAsync();

    public ValueTask DisposeAsync() => fixture.ReleaseAsync();

    [Fact]
    public async Task Long_answer_is_split_into_messages_with_complete_code_blocks()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Model.Answer = _ => "Here:\n\n```csharp\n" + string.Join('\n', Enumerable.Range(0, 120).Select(i => $"var number{i} = {i}; // and some words")) + "\n```";
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Write code");

        var answer = await fixture.Discord.AskAsync(fixture.Address, question, messages: 3);

        answer.Should().HaveCount(3).And.OnlyContain(message => message.Contains("```csharp\n", StringComparison.Ordinal) && message.EndsWith("```", StringComparison.Ordinal));
        fixture.Discord.Requests.Where(request => request.IsReply).Select(request => request.Method).Should().Equal("PATCH", "POST", "POST");
        fixture.Discord.Requests.Last(request => request.IsReply).Json.GetProperty("flags").GetInt32().Should().Be(64 + 4, "follow-up messages are ephemeral too");
    }

    [Fact]
    public async Task Overlong_answer_ends_with_a_link_to_the_rest()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Model.Answer = _ => string.Join('\n', Enumerable.Repeat("A line of an endless answer, which goes on and on.", 500));

        var answer = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Go on"), messages: 6);

        answer[5].Should().EndWith($"Read the rest in Jarvis: {fixture.Address}chat/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");
    }

    [Fact]
    public async Task Model_error_is_shown_in_Discord_and_the_question_is_saved()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        await client.SendAsync(HttpMethod.Put, "/settings", new { model = "stand-in", language = "pl" });
        fixture.Model.AddFault(OpenAiFault.Unauthorized);

        var answer = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Are you there?"));

        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        answer[0].Should().Contain("wiadomość jest zapisana").And.Contain($"Ta rozmowa w Jarvisie: {fixture.Address}chat/{conversation}");
        (await client.TurnsAsync(conversation)).Single().Text("status").Should().Be("failed");
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 without details")]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("cut")]
    public async Task Answer_is_delivered_despite_transient_Discord_errors(string fault)
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Model.Answer = _ => "At last.";
        fixture.Discord.AddFault(
            fault switch
            {
                "429" => DiscordFault.RateLimited(0.3),
                "429 without details" => DiscordFault.RateLimitedWithoutBody,
                "500" => DiscordFault.ServerError,
                "garbage" => DiscordFault.Garbage with { Status = 502 },
                _ => DiscordFault.Cut,
            },
            request => request.IsReply,
            times: 2);

        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Please");
        await fixture.Discord.AskAsync(fixture.Address, question);
        await fixture.Discord.WaitForAsync(3, request => request.IsReply);

        fixture.Discord.Messages(question["token"]!.GetValue<string>()).Should().Equal("At last.");
        fixture.Model.Chats.Should().ContainSingle("an answered question is not sent to the model again");
    }

    [Fact]
    public async Task Answer_is_delivered_when_Discord_does_not_know_the_deferral_yet()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Discord.AddFault(new DiscordFault { Status = 404, Code = 10015 }, request => request.IsReply, times: 1);

        var answer = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task Question_asked_while_the_worker_is_stopped_is_answered()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        await fixture.Host.StopWorkerAsync();

        var answer = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task Question_interrupted_by_a_restart_is_answered_afterwards()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Model.AddFault(OpenAiFault.SilentAfter(2), times: 1);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hold on");
        await fixture.Discord.SendAsync(fixture.Address, question);
        await fixture.Model.WaitForAsync();

        await fixture.Host.RestartAsync();
        var answer = await fixture.Discord.AnswerAsync(question);

        answer.Should().ContainSingle().Which.Should().StartWith("You said: Hold on");
        using var newSession = await JarvisClient.SignInAsync(fixture.Host, client.Username);
        (await newSession.TurnsAsync((await newSession.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle("it is the same turn");
    }
}
