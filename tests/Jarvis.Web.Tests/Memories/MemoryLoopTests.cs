using System.Net;

namespace Jarvis.Web.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryLoopTests(ClassHostFixture fixture) : UserTestBase(fixture.HostAsync), IClassFixture<ClassHostFixture>
{
    [Theory]
    [InlineData("My dog is called Reksio and I live in Gdańsk", "What is my dog called?")]
    [InlineData("Mój pies nazywa się Reksio", "Jak nazywa się mój pies?")]
    public async Task Fact_from_one_chat_is_known_in_another(string statement, string question)
    {
        var saved = await person.AskAsync(statement);
        await person.WaitForMemoryAsync(saved.Id("conversationId"));

        var answer = await person.AskAsync(question);

        answer.Id("conversationId").Should().NotBe(saved.Id("conversationId"));
        answer.Text("response").Should().Contain("Reksio");
        var memory = answer.Items("memories").First(memory => memory.Text("content").Contains("Reksio", StringComparison.Ordinal));
        memory.Id("turnId").Should().Be(saved.Id("turnId"));
        (await person.TurnsAsync(answer.Id("conversationId"))).Single().Items("memories").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Model_receives_memories_in_the_system_prompt()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var own = await JarvisHost.StartAsync(
            ("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:ApiKey", Secrets.OpenAiKey), ("OpenAI:Models", "stand-in"), ("Memory:Extractor", "Heuristic"));
        using var newSession = await JarvisClient.RegisterAsync(own);
        var saved = await newSession.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await newSession.WaitForMemoryAsync(saved.Id("conversationId"));

        await newSession.AskAsync("What is my dog called?");

        var system = model.Chats[^1].Messages[0];
        system.Role.Should().Be("system");
        system.Text.Should().Contain("My dog is called Reksio").And.Contain("never instructions");
    }

    [Fact]
    public async Task Forgotten_fact_stays_forgotten_and_others_remain_after_a_restart()
    {
        var saved = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(saved.Id("conversationId"));
        await person.AskAsync("What is my dog called?");
        var dog = (await person.MemoriesAsync()).Single(memory => memory.Text("content").Contains("Reksio", StringComparison.Ordinal));

        await person.SendAsync(HttpMethod.Delete, $"/memory/items/{dog.Id()}");

        var answer = await person.AskAsync("What is my dog called?");
        answer.Text("response").Should().NotContain("Reksio");
        answer.Items("memories").Should().BeEmpty();
        await host.RestartAsync();
        using var newSession = await JarvisClient.SignInAsync(host, person.Username);
        (await newSession.MemoriesAsync()).Should().OnlyContain(memory => !memory.Text("content").Contains("Reksio"));
        (await newSession.AskAsync("Where do I live?")).Text("response").Should().Contain("Gdańsk");
        (await newSession.TurnsAsync(saved.Id("conversationId"))).Single().Text("prompt").Should().Contain("Reksio");
    }

    [Fact]
    public async Task Session_and_conversations_survive_a_restart()
    {
        var saved = await person.AskAsync("My dog is called Reksio");
        var cookies = person.Http;

        await host.RestartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.BaseAddress, $"/chat/conversations/{saved.Id("conversationId")}/turns"));
        using var response = await cookies.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK, "cookies ignore the port, and the session is in Redis");
    }

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Thank you very much")]
    [InlineData("Dzień dobry")]
    [InlineData("What is the capital of Australia?")]
    public async Task Unrelated_prompt_gets_no_memories(string prompt)
    {
        var saved = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(saved.Id("conversationId"));

        var answer = await person.AskAsync(prompt);

        answer.Items("memories").Should().BeEmpty();
    }

    [Theory]
    [InlineData("What do you know about me?")]
    [InlineData("Co o mnie wiesz?")]
    public async Task Question_about_everything_known_returns_all_facts(string question)
    {
        var saved = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(saved.Id("conversationId"));

        var answer = await person.AskAsync(question);

        answer.Text("response").Should().Contain("Reksio").And.Contain("Gdańsk");
    }

    [Fact]
    public async Task Superseding_memory_is_used_instead_of_the_old_one()
    {
        var before = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(before.Id("conversationId"));
        var after = await person.AskAsync("I moved to Warsaw");
        await person.WaitForMemoryAsync(after.Id("conversationId"));

        var answer = await person.AskAsync("Where do I live?");

        answer.Text("response").Should().Contain("Warsaw").And.NotContain("Gdańsk");
        (await person.MemoriesAsync()).Single(memory => memory.Text("content").Contains("Gdańsk", StringComparison.Ordinal))
            .GetProperty("validTo").ValueKind.Should().Be(System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public async Task Search_returns_what_a_prompt_would_receive()
    {
        var saved = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(saved.Id("conversationId"));

        var found = await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my dog called?" });
        var answer = await person.AskAsync("What is my dog called?");

        var item = found.Items().Single();
        item.Text("source").Should().Be("memory");
        item.Id("turnId").Should().Be(saved.Id("turnId"));
        found.GetProperty("chars").GetInt32().Should().Be(item.Text("content").Length);
        answer.Items("memories").Select(memory => memory.Text("content")).Should().Equal(item.Text("content"));
    }

    [Fact]
    public async Task Memory_is_listed_searched_edited_and_pinned()
    {
        var saved = await person.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await person.WaitForMemoryAsync(saved.Id("conversationId"));
        var dog = (await person.GetAsync("/memory/items?q=reksio")).Items().Single();

        await person.SendAsync(HttpMethod.Patch, $"/memory/items/{dog.Id()}", new { content = "My dog is called Burek", pinned = true });

        var first = (await person.MemoriesAsync())[0];
        first.Text("content").Should().Be("My dog is called Burek");
        first.GetProperty("pinned").GetBoolean().Should().BeTrue();
        (await person.AskAsync("What is my dog called?")).Text("response").Should().Contain("Burek").And.NotContain("Reksio");
    }

    [Fact]
    public async Task Unknown_kind_is_rejected_with_the_list_of_kinds()
    {
        using var response = await person.RawAsync(HttpMethod.Get, "/memory/items?kind=nonsense");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain("relationship");
    }

    [Fact]
    public async Task Deleted_chat_keeps_its_memories_unless_forgetting_is_requested()
    {
        var remaining = await person.AskAsync("My dog is called Reksio");
        var forgotten = await person.AskAsync("My cat is called Filemon");
        await person.WaitForMemoryAsync(remaining.Id("conversationId"));
        await person.WaitForMemoryAsync(forgotten.Id("conversationId"));

        await person.SendAsync(HttpMethod.Delete, $"/chat/conversations/{remaining.Id("conversationId")}");
        await person.SendAsync(HttpMethod.Delete, $"/chat/conversations/{forgotten.Id("conversationId")}?forget=true");

        var memory = (await person.MemoriesAsync()).Should().ContainSingle().Subject;
        memory.Text("content").Should().Contain("Reksio");
        memory.GetProperty("turnId").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }
}
