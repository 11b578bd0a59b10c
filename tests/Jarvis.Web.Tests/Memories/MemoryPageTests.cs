using System.Net;

namespace Jarvis.Web.Tests.Memories;

public sealed class MemoryPageTests(ClassHostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<ClassHostFixture>
{
    [Fact]
    public async Task Citation_shows_kind_and_source_and_later_that_it_is_forgotten()
    {
        var statement = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(statement.Id("conversationId"));
        var answer = await person.AskAsync("What is my dog called?");
        var before = (await person.TurnsAsync(answer.Id("conversationId"))).Single().Items("memories").Single();

        await person.SendAsync(HttpMethod.Delete, $"/memory/items/{before.Id()}");

        (before.Text("state"), before.Text("kind").Length > 0, before.Text("turnId")).Should().Be(("known", true, statement.Text("turnId")));
        var after = (await person.TurnsAsync(answer.Id("conversationId"))).Single().Items("memories").Single();
        after.Text("state").Should().Be("forgotten");
        after.TryGetProperty("content", out _).Should().BeFalse();
        (await person.Http.GetStringAsync($"/chat/{answer.Id("conversationId")}")).Should().Contain("A memory you have since removed.");
    }

    [Fact]
    public async Task Answer_without_memories_says_so()
    {
        var answer = await person.AskAsync("Hello");

        (await person.Http.GetStringAsync($"/chat/{answer.Id("conversationId")}")).Should().Contain("No memories used: nothing Jarvis knows seemed relevant.");
        answer.Text("recall").Should().Be("asked");
    }

    [Fact]
    public async Task Chat_opens_at_an_older_turn()
    {
        var first = await person.AskAsync("My dog is called Reksio");
        var conversation = first.Id("conversationId");
        for (var i = 0; i < 60; i++)
        {
            await person.AskAsync($"Sentence {i}", conversation);
        }

        var latest = await person.Http.GetStringAsync($"/chat/{conversation}");
        var openedPage = await person.Http.GetStringAsync($"/chat/{conversation}?turn={first.Text("turnId")}");

        latest.Should().NotContain($"id=\"turn-{first.Text("turnId")}\"");
        openedPage.Should().Contain($"id=\"turn-{first.Text("turnId")}\"").And.Contain("Show the latest messages");
    }

    [Fact]
    public async Task Forgetting_reports_changed_summaries_and_clears_search_results()
    {
        var statement = await person.AskAsync("My dog is called Reksio");
        var conversation = statement.Id("conversationId");
        await person.AskAsync("I am looking for a new flat near the lake", conversation);
        await person.WaitForMemoryAsync(conversation);
        var dog = (await person.MemoriesAsync()).Single(memory => memory.Text("content").Contains("Reksio", StringComparison.Ordinal));

        using var response = await person.PostFormAsync($"/memories?handler=Forget&item={dog.Text("id")}", []);

        var page = await person.Http.GetStringAsync(response.Headers.Location!.ToString());
        page.Should().Contain("1 chat summary was rewritten without it.");
        await person.WaitForMemoryAsync(conversation);
        (await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my dog Reksio called?" })).Items().Should().BeEmpty();
    }

    [Fact]
    public async Task Memory_error_is_reported_in_the_users_language_with_its_code()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Extraction = _ => "no notes";
        await using var own = await JarvisHost.StartAsync(("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("Memory:Extractor", "Llm"));
        using var polishUser = await JarvisClient.RegisterAsync(own);
        var statement = await polishUser.AskAsync("My dog is called Reksio");
        polishUser.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("pl");

        var status = await JarvisClient.UntilAsync(
            () => polishUser.GetAsync($"/memory/status?conversationId={statement.Id("conversationId")}"),
            current => current.GetProperty("lastErrorCode").ValueKind != System.Text.Json.JsonValueKind.Null);

        status.Text("lastErrorCode").Should().Be("memory.bad_extraction");
        status.Text("lastError").Should().StartWith("Notatek lokalnego modelu nie można użyć (").And.NotContain("{0}");
    }

    [Fact]
    public async Task Memories_page_shows_the_previous_and_the_next_memory()
    {
        var bern = await person.AskAsync("I live in Gdańsk");
        await person.WaitForMemoryAsync(bern.Id("conversationId"));
        var perth = await person.AskAsync("I moved to Perth");
        await person.WaitForMemoryAsync(perth.Id("conversationId"));

        var current = WebUtility.HtmlDecode(await person.Http.GetStringAsync("/memories"));
        var past = WebUtility.HtmlDecode(await person.Http.GetStringAsync("/memories?past=true"));

        current.Should().MatchRegex("(?s)I moved to Perth.*previously:.*I live in Gdańsk");
        past.Should().MatchRegex("(?s)I live in Gdańsk.*until.*replaced by:.*I moved to Perth");
    }
}
