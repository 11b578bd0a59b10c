using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.Discord;

public sealed class AskingInDiscordTests : IAsyncLifetime
{
    private DiscordStand stand = null!;

    public async ValueTask InitializeAsync() => stand = await DiscordStand.StartAsync();

    public ValueTask DisposeAsync() => stand.DisposeAsync();

    [Fact]
    public async Task A_question_is_promised_at_once_and_its_answer_edited_in()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "Ask @everyone, or <@123>.";
        var question = DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "Who knows?");

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
    public async Task In_direct_messages_the_answer_stays()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;

        var promise = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Hello", isPublic: true));

        promise.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task What_is_said_in_Discord_is_remembered_on_the_web_and_the_reverse()
    {
        await stand.Host.RestartAsync(("OpenAI:BaseUrl", null), ("OpenAI:ApiKey", null), ("OpenAI:Models", null));
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "My dog is called Reksio."));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single();
        await client.RememberedAsync(conversation.Id());
        var told = await client.AskAsync("My cat is called Filemon.");
        await client.RememberedAsync(told.Id("conversationId"));

        var onTheWeb = await client.AskAsync("What is my dog called?");
        var inDiscord = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "What is my cat called?"));

        conversation.Text("platform").Should().Be("discord");
        onTheWeb.Text("response").Should().Contain("Reksio");
        inDiscord[0].Should().Contain("Filemon");
    }

    [Fact]
    public async Task Each_place_is_one_conversation_and_all_direct_messages_are_one()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var (channel, thread) = (DiscordPlace.Channel(), DiscordPlace.Thread());
        DiscordPlace[] places = [DiscordPlace.Direct(), channel, DiscordPlace.Direct(), thread, channel, DiscordPlace.AmongPeople(), thread];

        foreach (var place in places)
        {
            await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Hello"));
        }

        var conversations = (await client.GetAsync("/chat/conversations")).Items();
        var turns = await Task.WhenAll(conversations.Select(conversation => client.TurnsAsync(conversation.Id())));
        turns.Select(each => each.Length).Order().Should().Equal(1, 2, 2, 2);
    }

    [Fact]
    public async Task A_conversation_that_was_deleted_on_the_web_is_begun_anew()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var place = DiscordPlace.Channel();
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "One"));
        await client.SendAsync(HttpMethod.Delete, $"/chat/conversations/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Two"));

        (await client.TurnsAsync((await client.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_public_answer_shows_the_question_and_is_told_nothing_that_memory_or_private_talk_holds()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var place = DiscordPlace.Channel();
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
    public async Task A_public_answer_may_tell_what_memory_holds_where_the_person_asks_for_it()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var told = await client.AskAsync("My secret garden lies in Krasnystaw.");
        await client.RememberedAsync(told.Id("conversationId"));

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "Where is my secret garden?", isPublic: true, memory: true));

        stand.Model.Chats.Single(chat => chat.Prompt == "Where is my secret garden?").Body.ToString().Should().Contain("Krasnystaw");
    }

    [Fact]
    public async Task A_public_conversation_that_went_on_in_private_is_left_there()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var place = DiscordPlace.Thread();
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "First in public", isPublic: true));
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Second in public", isPublic: true));
        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        await client.AskAsync("Between us: I am afraid of spiders", conversation);

        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, place, "Third in public", isPublic: true));

        stand.Model.Chats.Single(chat => chat.Prompt == "Second in public").Body.ToString().Should().Contain("First in public");
        stand.Model.Chats.Single(chat => chat.Prompt == "Third in public").Body.ToString().Should().NotContain("spiders");
    }

    [Fact]
    public async Task A_long_answer_comes_in_several_messages_with_its_code_whole()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "Here:\n\n```csharp\n" + string.Join('\n', Enumerable.Range(0, 120).Select(i => $"var number{i} = {i}; // and some words")) + "\n```";
        var question = DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "Write code");

        var answer = await stand.Discord.AskAsync(stand.Address, question, messages: 3);

        answer.Should().HaveCount(3).And.OnlyContain(message => message.Contains("```csharp\n", StringComparison.Ordinal) && message.EndsWith("```", StringComparison.Ordinal));
        stand.Discord.Requests.Where(request => request.IsReply).Select(request => request.Method).Should().Equal("PATCH", "POST", "POST");
        stand.Discord.Requests.Last(request => request.IsReply).Json.GetProperty("flags").GetInt32().Should().Be(64 + 4, "what follows is as private");
    }

    [Fact]
    public async Task What_is_too_long_for_Discord_ends_with_where_the_rest_is()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => string.Join('\n', Enumerable.Repeat("A line of an endless answer, which goes on and on.", 500));

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Go on"), messages: 6);

        answer[5].Should().EndWith($"The rest stands in Jarvis: {stand.Address}chat/{(await client.GetAsync("/chat/conversations")).Items().Single().Id()}");
    }

    [Fact]
    public async Task A_model_that_is_away_is_a_sentence_in_Discord_and_the_question_stays_in_Jarvis()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        await client.SendAsync(HttpMethod.Put, "/settings", new { model = "stand-in", language = "pl" });
        stand.Model.Misbehave(OpenAiFault.Unauthorized);

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Channel(), "Are you there?"));

        var conversation = (await client.GetAsync("/chat/conversations")).Items().Single().Id();
        answer[0].Should().Contain("wiadomość jest zapisana").And.Contain($"Rozmowa w Jarvisie: {stand.Address}chat/{conversation}");
        (await client.TurnsAsync(conversation)).Single().Text("status").Should().Be("failed");
    }

    [Fact]
    public async Task The_limit_of_a_person_is_one_for_Discord_and_the_web()
    {
        await stand.Host.RestartAsync(("Limits:Asking:Permits", "2"), ("Limits:Asking:Per", "01:00:00"));
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        await client.AskAsync("One");
        await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Two"));

        var refused = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Three"));

        refused.GetProperty("type").GetInt32().Should().Be(4);
        refused.GetProperty("data").Text("content").Should().Contain("was not taken. Try again in 1800 s");
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 without a word")]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("cut")]
    public async Task Whatever_goes_wrong_at_Discord_the_answer_comes_through(string fault)
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Answer = _ => "At last.";
        stand.Discord.Misbehave(
            fault switch
            {
                "429" => DiscordFault.RateLimited(0.3),
                "429 without a word" => DiscordFault.RateLimitedWithoutAWord,
                "500" => DiscordFault.ServerError,
                "garbage" => DiscordFault.Garbage with { Status = 502 },
                _ => DiscordFault.Cut,
            },
            request => request.IsReply,
            times: 2);

        var question = DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Please");
        await stand.Discord.AskAsync(stand.Address, question);
        await stand.Discord.WaitForAsync(3, request => request.IsReply);

        stand.Discord.Messages(question["token"]!.GetValue<string>()).Should().Equal("At last.");
        stand.Model.Chats.Should().ContainSingle("what is answered is not asked again");
    }

    [Fact]
    public async Task Discord_may_hear_the_answer_before_it_has_noted_the_promise()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Discord.Misbehave(new DiscordFault { Status = 404, Code = 10015 }, request => request.IsReply, times: 1);

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task A_question_asked_while_the_worker_is_stopped_is_answered()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        await stand.Host.StopWorkerAsync();

        var answer = await stand.Discord.AskAsync(stand.Address, DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Hello"));

        answer[0].Should().Contain("Hello");
    }

    [Fact]
    public async Task A_question_that_a_restart_fell_into_is_answered_by_who_comes_after()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        stand.Model.Misbehave(OpenAiFault.SilentAfter(2), times: 1);
        var question = DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Hold on");
        await stand.Discord.SendAsync(stand.Address, question);
        await stand.Model.WaitForAsync();

        await stand.Host.RestartAsync();
        var answer = await stand.Discord.AnswerAsync(question);

        answer.Should().ContainSingle().Which.Should().StartWith("You said: Hold on");
        using var again = await JarvisClient.SignInAsync(stand.Host, client.Username);
        (await again.TurnsAsync((await again.GetAsync("/chat/conversations")).Items().Single().Id())).Should().ContainSingle("it is the same turn");
    }
}
