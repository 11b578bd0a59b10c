using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Web.Tests.Discord;

public sealed class AskingInDiscordTests : IAsyncLifetime
{
    private DiscordFixture stand = null!;

    public async ValueTask InitializeAsync() => stand = await DiscordFixture.StartAsync();

    public ValueTask DisposeAsync() => stand.DisposeAsync();

    [Fact]
    public async Task Question_is_deferred_and_its_answer_edited_in()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "Ask @everyone, or <@123>.";
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Who knows?");

        var promise = await stand.Discord.SendAsync(stand.Address, question);
        var answer = await stand.Discord.AnswerAsync(question);

        promise.GetProperty("type").GetInt32().Should().Be(5);
        promise.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64, "only the person sees it");
        answer.Should().Equal("Ask @everyone, or <@123>.");
        var edit = stand.Discord.Requests.Single(request => request.IsReply);
        edit.Method.Should().Be("PATCH");
        edit.Json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
        edit.Json.GetProperty("flags").GetInt32().Should().Be(4, "no address in it is looked at by Discord");
    }

    [Fact]
    public async Task Answer_in_a_direct_message_is_not_ephemeral()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;

        var promise = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello", isPublic: true));

        promise.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Memories_are_shared_between_Discord_and_the_web()
    {
        await stand.Host.RestartAsync(("OpenAI:BaseUrl", null), ("OpenAI:ApiKey", null), ("OpenAI:Models", null));
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "My dog is called Reksio."));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single();
        await client.RememberedAsync(conversation.Id());
        var told = await client.AskAsync("My cat is called Filemon.");
        await client.RememberedAsync(told.Id("conversationId"));

        var onTheWeb = await client.AskAsync("What is my dog called?");
        var inDiscord = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "What is my cat called?"));

        conversation.Text("platform").Should().Be("discord");
        onTheWeb.Text("response").Should().Contain("Reksio");
        inDiscord[0].Should().Contain("Filemon");
    }

    [Fact]
    public async Task Each_channel_is_one_conversation_and_so_are_all_direct_messages()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        var (channel, thread) = (DiscordChannel.Channel(), DiscordChannel.Thread());
        DiscordChannel[] places = [DiscordChannel.Direct(), channel, DiscordChannel.Direct(), thread, channel, DiscordChannel.GroupDirect(), thread];

        foreach (var place in places)
        {
            await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Hello"));
        }

        var conversations = (await client.GetAsync("/chat/conversations")).Items();
        var turns = await Task.WhenAll(conversations.Select(conversation => client.TurnsAsync(conversation.Id())));
        turns.Select(each => each.Length).Order().Should().Equal(1, 2, 2, 2);
    }

    [Fact]
    public async Task Conversation_deleted_on_the_web_is_started_again_in_Discord()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Channel();
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "One"));
        await client.SendAsync(HttpMethod.Delete, $"/chat/conversations/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Two"));

        (await client.TurnsAsync((await client.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle();
    }

    [Fact]
    public async Task Public_answer_quotes_the_question_and_uses_no_private_context()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Channel();
        var told = await client.AskAsync("My secret garden lies in Krasnystaw.");
        await client.RememberedAsync(told.Id("conversationId"));
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "In private: my garden is haunted."));

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Where is my secret garden?", isPublic: true));

        answer[0].Should().StartWith("> Where is my secret garden?\n\n");
        var request = stand.Model.Chats.Single(chat => chat.Prompt == "Where is my secret garden?");
        request.Body.ToString().Should().NotContain("Krasnystaw").And.NotContain("haunted");
        var turn = (await client.TurnsAsync((await client.GetAsync("/chat/conversations")).Items()[0].Id())).Single();
        turn.Text("recall").Should().Be("overheard");
        turn.Items("memories").Should().BeEmpty();
    }

    [Fact]
    public async Task Public_answer_uses_memory_when_the_user_requests_it()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        var told = await client.AskAsync("My secret garden lies in Krasnystaw.");
        await client.RememberedAsync(told.Id("conversationId"));

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Where is my secret garden?", isPublic: true, memory: true));

        stand.Model.Chats.Single(chat => chat.Prompt == "Where is my secret garden?").Body.ToString().Should().Contain("Krasnystaw");
    }

    [Fact]
    public async Task Public_answer_ignores_a_privately_continued_conversation()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Thread();
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "First in public", isPublic: true));
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Second in public", isPublic: true));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        await client.AskAsync("Between us: I am afraid of spiders", conversation);

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Third in public", isPublic: true));

        stand.Model.Chats.Single(chat => chat.Prompt == "Second in public").Body.ToString().Should().Contain("First in public");
        stand.Model.Chats.Single(chat => chat.Prompt == "Third in public").Body.ToString().Should().NotContain("spiders");
    }

    [Fact]
    public async Task Long_answer_is_split_into_messages_with_complete_code_blocks()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "Here:\n\n```csharp\n" + string.Join('\n', Enumerable.Range(0, 120).Select(i => $"var number{i} = {i}; // and some words")) + "\n```";
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Write code");

        var answer = await stand.Discord.AskAsync(stand.Address, question, messages: 3);

        answer.Should().HaveCount(3).And.OnlyContain(message => message.Contains("```csharp\n", StringComparison.Ordinal) && message.EndsWith("```", StringComparison.Ordinal));
        stand.Discord.Requests.Where(request => request.IsReply).Select(request => request.Method).Should().Equal("PATCH", "POST", "POST");
        stand.Discord.Requests.Last(request => request.IsReply).Json.GetProperty("flags").GetInt32().Should().Be(64 + 4, "what follows is as private");
    }

    [Fact]
    public async Task Overlong_answer_ends_with_a_link_to_the_rest()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => string.Join('\n', Enumerable.Repeat("A line of an endless answer, which goes on and on.", 500));

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Go on"), messages: 6);

        answer[5].Should().EndWith($"Read the rest in Jarvis: {stand.Address}chat/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");
    }

    [Fact]
    public async Task Model_error_is_shown_in_Discord_and_the_question_is_saved()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        await client.SendAsync(HttpMethod.Put, "/settings", new { model = "stand-in", language = "pl" });
        stand.Model.AddFault(OpenAiFault.Unauthorized);

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Are you there?"));

        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        answer[0].Should().Contain("wiadomość jest zapisana").And.Contain($"Ta rozmowa w Jarvisie: {stand.Address}chat/{conversation}");
        (await client.TurnsAsync(conversation)).Single().Text("status").Should().Be("failed");
    }

    [Fact]
    public async Task Rate_limit_is_shared_between_Discord_and_the_web()
    {
        await stand.Host.RestartAsync(("RateLimits:Chat:Permits", "2"), ("RateLimits:Chat:Per", "01:00:00"));
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        await client.AskAsync("One");
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Two"));

        var refused = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Three"));

        refused.GetProperty("type").GetInt32().Should().Be(4);
        refused.GetProperty("data").Text("content").Should().Contain("You sent too many messages in a short time. Try again in 1800 s");
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 without a word")]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("cut")]
    public async Task Answer_is_delivered_despite_transient_Discord_errors(string fault)
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "At last.";
        stand.Discord.AddFault(
            fault switch
            {
                "429" => DiscordFault.RateLimited(0.3),
                "429 without a word" => DiscordFault.RateLimitedWithoutBody,
                "500" => DiscordFault.ServerError,
                "garbage" => DiscordFault.Garbage with { Status = 502 },
                _ => DiscordFault.Cut,
            },
            request => request.IsReply,
            times: 2);

        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Please");
        await stand.Discord.AskAsync(stand.Address, question);
        await stand.Discord.WaitForAsync(3, request => request.IsReply);

        stand.Discord.Messages(question["token"]!.GetValue<string>()).Should().Equal("At last.");
        stand.Model.Chats.Should().ContainSingle("what is answered is not asked again");
    }

    [Fact]
    public async Task Answer_is_delivered_when_Discord_does_not_know_the_deferral_yet()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Discord.AddFault(new DiscordFault { Status = 404, Code = 10015 }, request => request.IsReply, times: 1);

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task A_question_asked_while_the_worker_is_stopped_is_answered()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        await stand.Host.StopWorkerAsync();

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task Question_interrupted_by_a_restart_is_answered_afterwards()
    {
        var (client, ada) = await stand.CreateLinkedAsync();
        using var _ = client;
        stand.Model.AddFault(OpenAiFault.SilentAfter(2), times: 1);
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hold on");
        await stand.Discord.SendAsync(stand.Address, question);
        await stand.Model.WaitForAsync();

        await stand.Host.RestartAsync();
        var answer = await stand.Discord.AnswerAsync(question);

        answer.Should().ContainSingle().Which.Should().StartWith("You said: Hold on");
        using var again = await JarvisClient.SignInAsync(stand.Host, client.Username);
        (await again.TurnsAsync((await again.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle("it is the same turn");
    }
}
