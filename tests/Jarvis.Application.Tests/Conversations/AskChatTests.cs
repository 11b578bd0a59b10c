using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AskChatTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task The_prompt_is_stored_before_the_model_is_called()
    {
        Turn? seen = null;
        jarvis.Models.Script = (_, _) => LookAsync();

        await jarvis.AskAsync("Remember the milk");

        seen.Should().NotBeNull();
        (seen!.Prompt, seen.Status).Should().Be(("Remember the milk", TurnStatus.Pending));

        async IAsyncEnumerable<ModelEvent> LookAsync()
        {
            seen = await jarvis.DbAsync(db => db.Turns.AsNoTracking().SingleAsync());
            yield return new ModelEvent.Finished(UsedTokens: 1);
        }
    }

    [Fact]
    public async Task Answer_is_stored_with_its_text_model_and_tokens()
    {
        jarvis.Models.Reply("Good ", "morning", ".");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Value.Should().Be(new GeneratedAnswer("Good morning.", "scripted", 7));
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Status, turn.Response, turn.Model, turn.UsedTokens).Should().Be((TurnStatus.Completed, "Good morning.", "scripted", 7));
    }

    [Fact]
    public async Task First_prompt_starts_a_conversation_and_becomes_its_title()
    {
        var answer = await jarvis.AskAsync("What is the capital of Poland?");

        var conversation = await jarvis.DbAsync(db => db.Conversations.SingleAsync());
        conversation.Id.Should().Be(answer.ConversationId);
        (conversation.Title, conversation.UserId).Should().Be(("What is the capital of Poland?", jarvis.UserId));
    }

    [Fact]
    public async Task Later_prompt_is_sent_with_the_conversation_history()
    {
        jarvis.Models.Reply("Warsaw.");
        var first = await jarvis.AskAsync("What is the capital of Poland?");

        await jarvis.AskAsync("And of France?", first.ConversationId);

        jarvis.Models.Requests[^1].Messages.Skip(1).Should().Equal(
            new ModelMessage(ModelRole.User, "What is the capital of Poland?"),
            new ModelMessage(ModelRole.Assistant, "Warsaw."),
            new ModelMessage(ModelRole.User, "And of France?"));
    }

    [Fact]
    public async Task Failed_turn_is_not_sent_as_history()
    {
        var failed = await jarvis.FailAsync("First");

        await jarvis.AskAsync("Second", failed.ConversationId);

        jarvis.Models.Requests[^1].Messages.Should().NotContain(message => message.Text.Contains("First"));
    }

    [Fact]
    public async Task Other_users_conversation_is_not_found_and_not_changed()
    {
        var anothers = await jarvis.AskAsync(person: await jarvis.AddPersonAsync());

        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, anothers.ConversationId, "Let me in"));

        answer.Error.Should().Be(CommonErrors.ConversationNotFound);
        jarvis.Models.Requests.Should().ContainSingle();
        (await jarvis.DbAsync(db => db.Turns.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task An_unknown_conversation_is_not_found()
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, ConversationId.New(ApplicationFixture.Start), "Hello"));

        answer.Error.Should().Be(CommonErrors.ConversationNotFound);
    }

    [Theory]
    [InlineData("", "chat.prompt_empty")]
    [InlineData(" \t\r\n\u00A0 ", "chat.prompt_empty")]
    [InlineData("a\0b", "chat.prompt_invalid_text")]
    [InlineData("half [high]", "chat.prompt_invalid_text")]
    [InlineData("[low] half", "chat.prompt_invalid_text")]
    public async Task Invalid_prompt_is_rejected_with_its_field(string prompt, string code)
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, LoneSurrogates.In(prompt)));

        answer.Error!.Code.Should().Be(code);
        answer.Error.Fields["prompt"].Should().ContainSingle(error => error.Code == code);
        (await jarvis.DbAsync(db => db.Conversations.AnyAsync())).Should().BeFalse();
    }

    [Theory]
    [InlineData(Turn.PromptMaxLength, null)]
    [InlineData(Turn.PromptMaxLength + 1, "chat.prompt_too_long")]
    public async Task Prompt_is_limited_to_the_maximum_length(int length, string? code)
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, new string('x', length)));

        answer.Error?.Code.Should().Be(code);
        (answer.Error is null).Should().Be(code is null);
    }

    [Theory]
    [InlineData("مرحبا، كيف حالك؟")]
    [InlineData("🎉👩‍👩‍👧‍👦 zażółć gęślą jaźń")]
    [InlineData("<script>alert('x')</script>\n'; DROP TABLE users; --")]
    public async Task Prompt_and_answer_are_stored_unchanged(string prompt)
    {
        jarvis.Models.Script = (request, _) => Echo(request);

        var answer = await jarvis.AskAsync(prompt);

        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Prompt, turn.Response).Should().Be((prompt, prompt));

        static async IAsyncEnumerable<ModelEvent> Echo(ModelRequest request)
        {
            await Task.Yield();
            yield return new ModelEvent.Text(request.Messages[^1].Text);
            yield return new ModelEvent.Finished(UsedTokens: null);
        }
    }

    [Fact]
    public async Task Memory_search_excludes_turns_already_in_the_prompt()
    {
        var first = await jarvis.AskAsync("I have a dog");

        await jarvis.AskAsync("What is it called?", first.ConversationId);

        await jarvis.Search.Received().SearchAsync(
            Arg.Is<MemoryQuery>(query => query.User == jarvis.UserId
                && query.Text == "What is it called?"
                && query.Conversation == first.ConversationId
                && query.Except.Single() == first.TurnId),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Found_memory_is_sent_to_the_model_and_cited_on_the_turn()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start));

        var answer = await jarvis.AskAsync("What is my dog called?");

        answer.Memories.Should().Equal(new CitedMemory(item.Id, source.TurnId, item.Content, ApplicationFixture.Start, source.ConversationId));
        jarvis.Models.Requests[^1].Memories.Should().Equal(answer.Memories);
        jarvis.Models.Requests[^1].Messages[0].Text.Should().Contain("Has a dog called Reksio");
        (await jarvis.TurnAsync(answer.TurnId)).Memories.Should().ContainSingle(memory => memory.MemoryItemId == item.Id && memory.Position == 0);
    }

    [Fact]
    public async Task Model_is_called_with_the_users_temperature()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().SetModel("scripted", new Temperature(1.5f)));

        await jarvis.AskAsync();

        jarvis.Models.Requests.Single().Temperature.Should().Be(1.5f);
    }

    [Fact]
    public async Task Unknown_model_is_rejected_before_anything_is_stored()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().SetModel("retired", Temperature.Default));

        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"));

        answer.Error!.Code.Should().Be("chat.model_unknown");
        (await jarvis.DbAsync(db => db.Turns.AnyAsync())).Should().BeFalse();
    }

    [Fact]
    public async Task Answer_queues_its_conversation_for_memory_without_waiting()
    {
        var queued = new TaskCompletionSource<MemoryJob>();
        jarvis.Jobs.EnqueueAsync(Arg.Do<MemoryJob>(queued.SetResult), Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);

        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"));

        (await answer.Value.Completion).Error.Should().BeNull();
        (await queued.Task).Should().Be(new MemoryJob(jarvis.UserId, answer.Value.ConversationId));
    }

    [Fact]
    public async Task Chat_without_memory_neither_uses_nor_creates_memory()
    {
        Recall(new MemoryHit(MemoryProvenance.Memory, Item: null, Turn: null, Conversation: null, null, "Has a dog called Reksio", 1, ApplicationFixture.Start));

        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "I live in Bern", Memory: false))).Value;
        await answer.Completion;
        var next = await jarvis.AskAsync("And where do I live?", answer.ConversationId);

        (answer.MemoryUsage, next.MemoryUsage).Should().Be((Domain.Conversations.MemoryUsage.Disabled, Domain.Conversations.MemoryUsage.Disabled));
        next.Memories.Should().BeEmpty();
        jarvis.Models.Requests.Should().OnlyContain(request => !request.Messages[0].Text.Contains("Reksio"));
        await jarvis.Search.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
        await jarvis.Jobs.DidNotReceiveWithAnyArgs().EnqueueAsync(default!, default);
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Recallable, turn.RememberedAt is null).Should().Be((false, false));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Memory_choice_is_fixed_by_the_first_message(bool first, bool later)
    {
        var begun = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello", Memory: first))).Value;
        await begun.Completion;

        var changed = await jarvis.SendAsync(new AskChat(jarvis.UserId, begun.ConversationId, "Hello again", Memory: later));
        var same = await jarvis.SendAsync(new AskChat(jarvis.UserId, begun.ConversationId, "Hello again", Memory: first));

        changed.Error.Should().Be(ChatErrors.MemoryAlreadyChosen);
        same.Error.Should().BeNull();
    }

    [Fact]
    public async Task Local_only_memory_and_answers_citing_it_never_reach_a_cloud_model()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().SetLocalModelsOnly(true));
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(new MemoryHit(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 1, ApplicationFixture.Start));
        jarvis.Models.Reply("Reksio, you said.");
        var local = await jarvis.AskAsync("What is my dog called?");
        jarvis.Search.ClearReceivedCalls();
        jarvis.Models.Local = false;

        var cloud = await jarvis.AskAsync("And my cat?", local.ConversationId);

        (local.MemoryUsage, local.Memories.Count).Should().Be((Domain.Conversations.MemoryUsage.Used, 1));
        (cloud.MemoryUsage, cloud.Memories.Count).Should().Be((Domain.Conversations.MemoryUsage.LocalOnly, 0));
        await jarvis.Search.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
        var told = jarvis.Models.Requests[^1].Messages.Select(message => message.Text).ToList();
        told.Should().Contain("What is my dog called?").And.OnlyContain(text => !text.Contains("Reksio"));
        (await jarvis.TurnAsync(cloud.TurnId)).MemoryUsage.Should().Be(Domain.Conversations.MemoryUsage.LocalOnly);
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);
}
