using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

public sealed class ConversationListTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task What_was_talked_in_last_comes_first()
    {
        var first = await jarvis.AskAsync("First");
        await jarvis.AskAsync("Second");
        await jarvis.AskAsync("More", first.ConversationId);

        var page = await jarvis.SendAsync(new ListConversations(jarvis.Person, Page: 1));

        page.Items.Select(row => row.Title).Should().Equal("First", "Second");
    }

    [Fact]
    public async Task It_comes_in_pages()
    {
        for (var number = 0; number <= Paging.DefaultSize; number++)
        {
            await jarvis.AskAsync($"Conversation {number}");
        }

        var first = await jarvis.SendAsync(new ListConversations(jarvis.Person, Page: 1));
        var second = await jarvis.SendAsync(new ListConversations(jarvis.Person, Page: 2));

        (first.Items.Count, first.HasMore, first.Total).Should().Be((Paging.DefaultSize, true, Paging.DefaultSize + 1));
        second.Items.Should().ContainSingle().Which.Title.Should().Be("Conversation 0");
        second.HasMore.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task A_page_before_the_first_is_the_first(int page)
    {
        await jarvis.AskAsync("Hello");

        var shown = await jarvis.SendAsync(new ListConversations(jarvis.Person, page));

        (shown.Items.Count, shown.Number).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_page_after_the_last_is_empty()
    {
        await jarvis.AskAsync("Hello");

        (await jarvis.SendAsync(new ListConversations(jarvis.Person, int.MaxValue))).Items.Should().BeEmpty();
    }

    [Theory]
    [InlineData("warsaw")]
    [InlineData("CAPITAL of")]
    [InlineData("zażółć")]
    [InlineData("ZAŻÓŁĆ")]
    public async Task It_is_searched_by_words_of_the_title_and_of_what_was_said_in_any_case(string words)
    {
        var found = await jarvis.AskAsync("The capital of Poland: Warsaw? Zażółć!");
        await jarvis.AskAsync("Something else");

        var page = await jarvis.SendAsync(new ListConversations(jarvis.Person, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Id.Should().Be(found.ConversationId);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; --")]
    public async Task Signs_of_the_query_language_are_words_like_others(string words)
    {
        await jarvis.AskAsync("Hello");

        (await jarvis.SendAsync(new ListConversations(jarvis.Person, Page: 1, words))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Nobody_sees_anothers()
    {
        await jarvis.AskAsync("Mine");

        var page = await jarvis.SendAsync(new ListConversations(await jarvis.AddPersonAsync(), Page: 1));

        (page.Items.Count, page.Total).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_conversation_is_renamed_by_its_owner_alone()
    {
        var answer = await jarvis.AskAsync("Hello");

        var anothers = await jarvis.SendAsync(new RenameConversation(await jarvis.AddPersonAsync(), answer.ConversationId, "Theirs"));
        var own = await jarvis.SendAsync(new RenameConversation(jarvis.Person, answer.ConversationId, "  Greetings "));

        anothers.Error.Should().Be(ChatErrors.ConversationNotFound);
        own.Error.Should().BeNull();
        (await jarvis.SendAsync(new FindConversation(jarvis.Person, answer.ConversationId))).Value.Title.Should().Be("Greetings");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Conversation.TitleMaxLength + 1)]
    public async Task A_title_has_its_limits(int length)
    {
        var answer = await jarvis.AskAsync("Hello");

        var renamed = await jarvis.SendAsync(new RenameConversation(jarvis.Person, answer.ConversationId, new string('x', length)));

        renamed.Error!.Fields["title"].Should().ContainSingle(error => error.Code == "chat.title_invalid");
    }
}
