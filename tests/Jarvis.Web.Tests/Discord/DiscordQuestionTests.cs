namespace Jarvis.Web.Tests.Discord;

public sealed class DiscordQuestionTests : IAsyncLifetime
{
    private DiscordFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await DiscordFixture.RentAsync();

    public ValueTask DisposeAsync() => fixture.ReleaseAsync();

    [Fact]
    public async Task Question_is_deferred_and_its_answer_edited_in()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        fixture.Model.Answer = _ => "Ask @everyone, or <@123>.";
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Who knows?");

        var deferral = await fixture.Discord.SendAsync(fixture.Address, question);
        var answer = await fixture.Discord.AnswerAsync(question);

        deferral.GetProperty("type").GetInt32().Should().Be(5);
        deferral.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64, "the answer is ephemeral");
        answer.Should().Equal("Ask @everyone, or <@123>.");
        var edit = fixture.Discord.Requests.Single(request => request.IsReply);
        edit.Method.Should().Be("PATCH");
        edit.Json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
        edit.Json.GetProperty("flags").GetInt32().Should().Be(4, "Discord suppresses embeds");
    }

    [Fact]
    public async Task Answer_in_a_direct_message_is_not_ephemeral()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;

        var deferral = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Hello", isPublic: true));

        deferral.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Memories_are_shared_between_Discord_and_the_web()
    {
        await fixture.Host.RestartAsync(("OpenAI:BaseUrl", null), ("OpenAI:ApiKey", null), ("OpenAI:Models", null));
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "My dog is called Reksio."));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single();
        await client.WaitForMemoryAsync(conversation.Id());
        var statement = await client.AskAsync("My cat is called Filemon.");
        await client.WaitForMemoryAsync(statement.Id("conversationId"));

        var onTheWeb = await client.AskAsync("What is my dog called?");
        var inDiscord = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "What is my cat called?"));

        conversation.Text("platform").Should().Be("discord");
        onTheWeb.Text("response").Should().Contain("Reksio");
        inDiscord[0].Should().Contain("Filemon");
    }

    [Fact]
    public async Task Each_channel_is_one_conversation_and_so_are_all_direct_messages()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var (channel, thread) = (DiscordChannel.Channel(), DiscordChannel.Thread());
        DiscordChannel[] places = [DiscordChannel.Direct(), channel, DiscordChannel.Direct(), thread, channel, DiscordChannel.GroupDirect(), thread];

        foreach (var place in places)
        {
            await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "Hello"));
        }

        var conversations = (await client.GetAsync("/chat/conversations")).Items();
        var turns = await Task.WhenAll(conversations.Select(conversation => client.TurnsAsync(conversation.Id())));
        turns.Select(each => each.Length).Order().Should().Equal(1, 2, 2, 2);
    }

    [Fact]
    public async Task Conversation_deleted_on_the_web_is_started_again_in_Discord()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Channel();
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "One"));
        await client.SendAsync(HttpMethod.Delete, $"/chat/conversations/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");

        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "Two"));

        (await client.TurnsAsync((await client.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle();
    }

    [Fact]
    public async Task Public_answer_quotes_the_question_and_uses_no_private_context()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Channel();
        var statement = await client.AskAsync("My secret garden lies in Krasnystaw.");
        await client.WaitForMemoryAsync(statement.Id("conversationId"));
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "In private: my garden is haunted."));

        var answer = await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "Where is my secret garden?", isPublic: true));

        answer[0].Should().StartWith("> Where is my secret garden?\n\n");
        var request = fixture.Model.Chats.Single(chat => chat.Prompt == "Where is my secret garden?");
        request.Body.ToString().Should().NotContain("Krasnystaw").And.NotContain("haunted");
        var turn = (await client.TurnsAsync((await client.GetAsync("/chat/conversations")).Items()[0].Id())).Single();
        turn.Text("recall").Should().Be("overheard");
        turn.Items("memories").Should().BeEmpty();
    }

    [Fact]
    public async Task Public_answer_uses_memory_when_the_user_requests_it()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var statement = await client.AskAsync("My secret garden lies in Krasnystaw.");
        await client.WaitForMemoryAsync(statement.Id("conversationId"));

        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Channel(), "Where is my secret garden?", isPublic: true, memory: true));

        fixture.Model.Chats.Single(chat => chat.Prompt == "Where is my secret garden?").Body.ToString().Should().Contain("Krasnystaw");
    }

    [Fact]
    public async Task Public_answer_ignores_a_privately_continued_conversation()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var place = DiscordChannel.Thread();
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "First in public", isPublic: true));
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "Second in public", isPublic: true));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        await client.AskAsync("Between us: I am afraid of spiders", conversation);

        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, place, "Third in public", isPublic: true));

        fixture.Model.Chats.Single(chat => chat.Prompt == "Second in public").Body.ToString().Should().Contain("First in public");
        fixture.Model.Chats.Single(chat => chat.Prompt == "Third in public").Body.ToString().Should().NotContain("spiders");
    }

    [Fact]
    public async Task Rate_limit_is_shared_between_Discord_and_the_web()
    {
        await fixture.Host.RestartAsync(("RateLimits:Chat:Permits", "2"), ("RateLimits:Chat:Per", "01:00:00"));
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        await client.AskAsync("One");
        await fixture.Discord.AskAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Two"));

        var refused = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Three"));

        refused.GetProperty("type").GetInt32().Should().Be(4);
        refused.GetProperty("data").Text("content").Should().MatchRegex(
            @"^You sent too many messages in a short time\. Try again in (1800|17\d\d) s", "the first permit returns in half an hour, and the questions took some seconds of it");
    }
}
