using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AskChatTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

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
    public async Task An_answer_is_stored_as_it_was_said()
    {
        jarvis.Models.Say("Good ", "morning", ".");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Value.Should().Be(new CompletedAnswer("Good morning.", "scripted", 7));
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Status, turn.Response, turn.Model, turn.UsedTokens).Should().Be((TurnStatus.Completed, "Good morning.", "scripted", 7));
    }

    [Fact]
    public async Task The_first_prompt_begins_a_conversation_with_its_title()
    {
        var answer = await jarvis.AskAsync("What is the capital of Poland?");

        var conversation = await jarvis.DbAsync(db => db.Conversations.SingleAsync());
        conversation.Id.Should().Be(answer.ConversationId);
        (conversation.Title, conversation.UserId).Should().Be(("What is the capital of Poland?", jarvis.Person));
    }

    [Fact]
    public async Task Later_prompts_are_asked_with_what_was_said_before()
    {
        jarvis.Models.Say("Warsaw.");
        var first = await jarvis.AskAsync("What is the capital of Poland?");

        await jarvis.AskAsync("And of France?", first.ConversationId);

        jarvis.Models.Requests[^1].Messages.Skip(1).Should().Equal(
            new ModelMessage(ModelRole.User, "What is the capital of Poland?"),
            new ModelMessage(ModelRole.Assistant, "Warsaw."),
            new ModelMessage(ModelRole.User, "And of France?"));
    }

    [Fact]
    public async Task A_turn_that_failed_is_no_history()
    {
        var failed = await jarvis.FailAsync("First");

        await jarvis.AskAsync("Second", failed.ConversationId);

        jarvis.Models.Requests[^1].Messages.Should().NotContain(message => message.Text.Contains("First"));
    }

    [Fact]
    public async Task Anothers_conversation_is_not_found_and_nothing_happens()
    {
        var anothers = await jarvis.AskAsync(person: await jarvis.AddPersonAsync());

        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, anothers.ConversationId, "Let me in"));

        answer.Error.Should().Be(ChatErrors.ConversationNotFound);
        jarvis.Models.Requests.Should().ContainSingle();
        (await jarvis.DbAsync(db => db.Turns.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task An_unknown_conversation_is_not_found()
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, ConversationId.New(UseCases.Start), "Hello"));

        answer.Error.Should().Be(ChatErrors.ConversationNotFound);
    }

    [Theory]
    [InlineData("", "chat.prompt_empty")]
    [InlineData(" \t\r\n\u00A0 ", "chat.prompt_empty")]
    [InlineData("a\0b", "chat.prompt_invalid_text")]
    [InlineData("half [high]", "chat.prompt_invalid_text")]
    [InlineData("[low] half", "chat.prompt_invalid_text")]
    public async Task What_is_no_text_is_refused_with_the_field_that_is_wrong(string prompt, string code)
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, Halves.In(prompt)));

        answer.Error!.Code.Should().Be(code);
        answer.Error.Fields["prompt"].Should().ContainSingle(error => error.Code == code);
        (await jarvis.DbAsync(db => db.Conversations.AnyAsync())).Should().BeFalse();
    }

    [Theory]
    [InlineData(Turn.PromptMaxLength, null)]
    [InlineData(Turn.PromptMaxLength + 1, "chat.prompt_too_long")]
    public async Task A_prompt_may_be_as_long_as_the_limit_says(int length, string? code)
    {
        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, new string('x', length)));

        answer.Error?.Code.Should().Be(code);
        (answer.Error is null).Should().Be(code is null);
    }

    [Theory]
    [InlineData("مرحبا، كيف حالك؟")]
    [InlineData("🎉👩‍👩‍👧‍👦 zażółć gęślą jaźń")]
    [InlineData("<script>alert('x')</script>\n'; DROP TABLE users; --")]
    public async Task Text_of_any_kind_is_kept_as_it_is(string prompt)
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
    public async Task Memory_is_asked_for_what_the_prompt_does_not_hold_already()
    {
        var first = await jarvis.AskAsync("I have a dog");

        await jarvis.AskAsync("What is it called?", first.ConversationId);

        await jarvis.Search.Received().SearchAsync(
            Arg.Is<MemoryQuery>(query => query.User == jarvis.Person
                && query.Text == "What is it called?"
                && query.Conversation == first.ConversationId
                && query.Except.Single() == first.TurnId),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task What_memory_gives_reaches_the_model_and_is_noted_on_the_turn()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start));

        var answer = await jarvis.AskAsync("What is my dog called?");

        answer.Memories.Should().Equal(new GivenMemory(item.Id, source.TurnId, item.Content, UseCases.Start, source.ConversationId));
        jarvis.Models.Requests[^1].Memories.Should().Equal(answer.Memories);
        jarvis.Models.Requests[^1].Messages[0].Text.Should().Contain("Has a dog called Reksio");
        (await jarvis.TurnAsync(answer.TurnId)).Memories.Should().ContainSingle(memory => memory.MemoryItemId == item.Id && memory.Position == 0);
    }

    [Fact]
    public async Task The_model_is_asked_with_the_temperature_that_the_person_chose()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().ChooseModel("scripted", new Temperature(1.5f)));

        await jarvis.AskAsync();

        jarvis.Models.Requests.Single().Temperature.Should().Be(1.5f);
    }

    [Fact]
    public async Task A_model_that_is_gone_is_refused_before_anything_is_stored()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().ChooseModel("retired", Temperature.Default));

        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"));

        answer.Error!.Code.Should().Be("chat.model_unknown");
        (await jarvis.DbAsync(db => db.Turns.AnyAsync())).Should().BeFalse();
    }

    [Fact]
    public async Task An_answer_queues_its_conversation_for_memory_and_does_not_wait_for_that()
    {
        var queued = new TaskCompletionSource<MemoryJob>();
        jarvis.Jobs.EnqueueAsync(Arg.Do<MemoryJob>(queued.SetResult), Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);

        var answer = await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"));

        (await answer.Value.Completion).Error.Should().BeNull();
        (await queued.Task).Should().Be(new MemoryJob(jarvis.Person, answer.Value.ConversationId));
    }

    [Fact]
    public async Task A_chat_without_memory_is_given_nothing_and_leaves_nothing_behind()
    {
        Recall(new MemoryHit(MemorySource.Memory, Item: null, Turn: null, Conversation: null, null, "Has a dog called Reksio", 1, UseCases.Start));

        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "I live in Bern", Memory: false))).Value;
        await answer.Completion;
        var next = await jarvis.AskAsync("And where do I live?", answer.ConversationId);

        (answer.Recall, next.Recall).Should().Be((Domain.Conversations.Recall.Off, Domain.Conversations.Recall.Off));
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
    public async Task Whether_a_chat_has_memory_is_chosen_with_its_first_message(bool first, bool later)
    {
        var begun = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello", Memory: first))).Value;
        await begun.Completion;

        var changed = await jarvis.SendAsync(new AskChat(jarvis.Person, begun.ConversationId, "Hello again", Memory: later));
        var same = await jarvis.SendAsync(new AskChat(jarvis.Person, begun.ConversationId, "Hello again", Memory: first));

        changed.Error.Should().Be(ChatErrors.MemoryChosen);
        same.Error.Should().BeNull();
    }

    [Fact]
    public async Task Memory_is_kept_from_a_cloud_model_where_the_person_wants_that_and_so_are_answers_that_were_given_it()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().KeepMemoryLocal(true));
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(new MemoryHit(MemorySource.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 1, UseCases.Start));
        jarvis.Models.Say("Reksio, you said.");
        var local = await jarvis.AskAsync("What is my dog called?");
        jarvis.Search.ClearReceivedCalls();
        jarvis.Models.Local = false;

        var cloud = await jarvis.AskAsync("And my cat?", local.ConversationId);

        (local.Recall, local.Memories.Count).Should().Be((Domain.Conversations.Recall.Asked, 1));
        (cloud.Recall, cloud.Memories.Count).Should().Be((Domain.Conversations.Recall.KeptFromCloud, 0));
        await jarvis.Search.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
        var told = jarvis.Models.Requests[^1].Messages.Select(message => message.Text).ToList();
        told.Should().Contain("What is my dog called?").And.OnlyContain(text => !text.Contains("Reksio"));
        (await jarvis.TurnAsync(cloud.TurnId)).Recall.Should().Be(Domain.Conversations.Recall.KeptFromCloud);
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);
}
