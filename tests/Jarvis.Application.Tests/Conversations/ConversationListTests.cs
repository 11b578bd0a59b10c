using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class ConversationListTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Most_recently_active_conversation_is_listed_first()
    {
        var first = await jarvis.AskAsync("First");
        await jarvis.AskAsync("Second");
        await jarvis.AskAsync("More", first.ConversationId);

        var page = await jarvis.SendAsync(new ListConversations(jarvis.UserId, Page: 1));

        page.Items.Select(row => row.Title).Should().Equal("First", "Second");
    }

    [Fact]
    public async Task Conversations_are_paged()
    {
        for (var number = 0; number <= Paging.DefaultSize; number++)
        {
            await jarvis.AskAsync($"Conversation {number}");
        }

        var first = await jarvis.SendAsync(new ListConversations(jarvis.UserId, Page: 1));
        var second = await jarvis.SendAsync(new ListConversations(jarvis.UserId, Page: 2));

        (first.Items.Count, first.HasMore, first.Total).Should().Be((Paging.DefaultSize, true, Paging.DefaultSize + 1));
        second.Items.Should().ContainSingle().Which.Title.Should().Be("Conversation 0");
        second.HasMore.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task Page_below_one_returns_the_first_page(int page)
    {
        await jarvis.AskAsync("Hello");

        var result = await jarvis.SendAsync(new ListConversations(jarvis.UserId, page));

        (result.Items.Count, result.Number).Should().Be((1, 1));
    }

    [Fact]
    public async Task Page_after_the_last_is_empty()
    {
        await jarvis.AskAsync("Hello");

        (await jarvis.SendAsync(new ListConversations(jarvis.UserId, int.MaxValue))).Items.Should().BeEmpty();
    }

    [Theory]
    [InlineData("warsaw")]
    [InlineData("CAPITAL of")]
    [InlineData("zażółć")]
    [InlineData("ZAŻÓŁĆ")]
    public async Task Conversation_search_matches_words_in_any_case(string words)
    {
        var found = await jarvis.AskAsync("The capital of Poland: Warsaw? Zażółć!");
        await jarvis.AskAsync("Something else");

        var page = await jarvis.SendAsync(new ListConversations(jarvis.UserId, Page: 1, words));

        page.Items.Should().ContainSingle().Which.Id.Should().Be(found.ConversationId);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; --")]
    public async Task Query_syntax_characters_are_searched_literally(string words)
    {
        await jarvis.AskAsync("Hello");

        (await jarvis.SendAsync(new ListConversations(jarvis.UserId, Page: 1, words))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Other_users_conversations_are_not_listed()
    {
        await jarvis.AskAsync("Mine");

        var page = await jarvis.SendAsync(new ListConversations(await jarvis.AddUserAsync(), Page: 1));

        (page.Items.Count, page.Total).Should().Be((0, 0));
    }

    [Fact]
    public async Task Conversation_can_be_renamed_only_by_its_owner()
    {
        var answer = await jarvis.AskAsync("Hello");

        var byOtherUser = await jarvis.SendAsync(new RenameConversation(await jarvis.AddUserAsync(), answer.ConversationId, "Theirs"));
        var own = await jarvis.SendAsync(new RenameConversation(jarvis.UserId, answer.ConversationId, "  Greetings "));

        byOtherUser.Error.Should().Be(CommonErrors.ConversationNotFound);
        own.Error.Should().BeNull();
        (await jarvis.SendAsync(new FindConversation(jarvis.UserId, answer.ConversationId))).Value.Title.Should().Be("Greetings");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Conversation.TitleMaxLength + 1)]
    public async Task Title_outside_its_length_limits_is_rejected(int length)
    {
        var answer = await jarvis.AskAsync("Hello");

        var renamed = await jarvis.SendAsync(new RenameConversation(jarvis.UserId, answer.ConversationId, new string('x', length)));

        renamed.Error!.Fields["title"].Should().ContainSingle(error => error.Code == "chat.title_invalid");
    }
}
