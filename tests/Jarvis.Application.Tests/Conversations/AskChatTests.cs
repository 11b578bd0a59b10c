using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AskChatTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Prompt_is_stored_before_the_model_is_called()
    {
        Turn? stored = null;
        jarvis.Models.Script = (_, _) => LookAsync();

        await jarvis.AskAsync("Remember the milk");

        stored.Should().NotBeNull();
        (stored!.Prompt, stored.Status).Should().Be(("Remember the milk", TurnStatus.Pending));

        async IAsyncEnumerable<ModelEvent> LookAsync()
        {
            stored = await jarvis.DbAsync(db => db.Turns.AsNoTracking().SingleAsync());
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
        var otherUsersAnswer = await jarvis.AskAsync(person: await jarvis.AddUserAsync());

        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, otherUsersAnswer.ConversationId, "Let me in"));

        answer.Error.Should().Be(CommonErrors.ConversationNotFound);
        jarvis.Models.Requests.Should().ContainSingle();
        (await jarvis.DbAsync(db => db.Turns.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task Unknown_conversation_is_not_found()
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
}
