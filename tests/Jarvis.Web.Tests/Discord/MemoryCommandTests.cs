using System.Text.Json;

namespace Jarvis.Web.Tests.Discord;

public sealed class MemoryCommandTests : IAsyncLifetime
{
    private readonly DiscordChannel place = DiscordChannel.Channel();
    private DiscordFixture fixture = null!;
    private JarvisClient client = null!;
    private DiscordPerson ada = null!;

    public async ValueTask InitializeAsync()
    {
        fixture = await DiscordFixture.RentAsync(hasModel: false);
        (client, ada) = await fixture.CreateLinkedAsync();
        var statement = await client.AskAsync("My dog is called Reksio. My cat is called Filemon.");
        await client.WaitForMemoryAsync(statement.Id("conversationId"));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();

        return fixture.ReleaseAsync();
    }

    [Fact]
    public async Task Memory_list_is_visible_only_to_the_user()
    {
        var answer = await SendAsync(DiscordInteraction.Memories(ada, place));

        Content(answer).Should().Contain("2 memories").And.Contain("Reksio").And.Contain("Filemon").And.Contain($"{fixture.Address}memories");
        answer.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64 + 4);
        answer.GetProperty("data").GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Memory_search_returns_matches_or_says_nothing_is_known()
    {
        var found = await SendAsync(DiscordInteraction.Memories(ada, place, "What is my dog called?"));
        var nothing = await SendAsync(DiscordInteraction.Memories(ada, place, "quantum chromodynamics"));

        Content(found).Should().Contain("Reksio");
        Content(nothing).Should().Be("I don’t know anything about “quantum chromodynamics”.");
    }

    [Fact]
    public async Task Memory_to_forget_is_suggested_and_deleted_after_confirmation()
    {
        var choices = await SendAsync(DiscordInteraction.Autocomplete(ada, place, "dog"));
        var choice = choices.GetProperty("data").Items("choices").Single();
        var question = await SendAsync(DiscordInteraction.Forget(ada, place, choice.Text("value")));
        var buttons = question.GetProperty("data").Items("components")[0].Items("components");

        var cancelled = await SendAsync(DiscordInteraction.Click(ada, place, buttons[1].Text("custom_id")));
        var before = await client.MemoriesAsync();
        var forgotten = await SendAsync(DiscordInteraction.Click(ada, place, buttons[0].Text("custom_id")));

        choices.GetProperty("type").GetInt32().Should().Be(8);
        choice.Text("name").Should().Contain("Reksio");
        Content(question).Should().Contain("> ").And.Contain("Reksio");
        (Content(cancelled), before.Length).Should().Be(("OK, I’ll keep it.", 2));
        forgotten.GetProperty("type").GetInt32().Should().Be(7, "the response replaces the question");
        Content(forgotten).Should().StartWith("Forgotten.");
        forgotten.GetProperty("data").GetProperty("components").GetArrayLength().Should().Be(0);
        (await client.MemoriesAsync()).Should().ContainSingle().Which.Text("content").Should().Contain("Filemon");
    }

    [Fact]
    public async Task Ambiguous_text_offers_a_choice_of_memories()
    {
        var choice = await SendAsync(DiscordInteraction.Forget(ada, place, "called"));
        var menu = choice.GetProperty("data").Items("components")[0].Items("components").Single();

        var question = await SendAsync(DiscordInteraction.Click(ada, place, menu.Text("custom_id"), menu.Items("options")[0].Text("value")));

        menu.Items("options").Should().HaveCount(2);
        question.GetProperty("type").GetInt32().Should().Be(7);
        Content(question).Should().StartWith("Forget this permanently?");
    }

    [Fact]
    public async Task Memory_of_another_user_is_never_shown_or_forgotten()
    {
        var (other, eve) = await fixture.CreateLinkedAsync("Eve");
        using var _ = other;
        var id = (await client.MemoriesAsync())[0].Text("id");

        var stale = await SendAsync(DiscordInteraction.Forget(eve, place, id));
        var clicked = await SendAsync(DiscordInteraction.Click(eve, place, $"forget:{id}"));
        var listed = await SendAsync(DiscordInteraction.Memories(eve, place));
        var suggested = await SendAsync(DiscordInteraction.Autocomplete(eve, place, ""));

        Content(stale).Should().Be("This memory no longer exists.");
        Content(clicked).Should().Be("This memory doesn't exist.");
        Content(listed).Should().Be("I don’t know anything about you yet.");
        suggested.GetProperty("data").Items("choices").Should().BeEmpty();
        (await client.MemoriesAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Unlinked_user_gets_empty_suggestions()
    {
        var suggested = await SendAsync(DiscordInteraction.Autocomplete(DiscordPerson.New(), place, "dog"));

        suggested.GetProperty("type").GetInt32().Should().Be(8);
        suggested.GetProperty("data").Items("choices").Should().BeEmpty();
    }

    private Task<JsonElement> SendAsync(System.Text.Json.Nodes.JsonObject interaction) => fixture.Discord.SendAsync(fixture.Address, interaction);

    private static string Content(JsonElement response) => response.GetProperty("data").Text("content");
}
