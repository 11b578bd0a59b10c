using System.Net;

namespace Jarvis.Web.Tests.Memories;

public sealed class ChatWithoutMemoryTests(ModelHostFixture fixture) : ModelTestBase(fixture, answer: null, ("Memory:SweepInterval", "00:00:01"))
{
    [Fact]
    public async Task Temporary_chat_is_excluded_from_search_memories_and_other_prompts()
    {
        var secret = await AskAsync("My dog is called Reksio");
        var conversation = secret.Id("conversationId");
        await AskAsync("My dog Reksio is ill", conversation);

        // Reading this job proves that the sweep and the queue have run.
        var open = await person.AskAsync("My cat is called Filemon");
        await person.WaitForMemoryAsync(open.Id("conversationId"));
        await person.AskAsync("What is my dog called? And my cat?");

        model.Chats[^1].SystemText.Should().Contain("Filemon").And.NotContain("Reksio");
        (await person.MemoriesAsync()).Should().OnlyContain(memory => !memory.Text("content").Contains("Reksio"));
        (await SearchAsync("What is my dog Reksio called?")).Should().NotContain(hit => hit.Text("content").Contains("Reksio"));
        (await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my cat called?", conversationId = conversation })).Items()
            .Should().BeEmpty("a prompt in that chat receives no memories");
        var status = await person.GetAsync($"/memory/status?conversationId={conversation}");
        status.GetProperty("withoutMemory").GetBoolean().Should().BeTrue();
        (status.Text("state"), status.GetProperty("turnsBehind").GetInt32()).Should().Be(("idle", 0));
    }

    [Fact]
    public async Task Temporary_chat_uses_no_memory_and_its_answers_say_so()
    {
        var open = await person.AskAsync("My cat is called Filemon");
        await person.WaitForMemoryAsync(open.Id("conversationId"));

        var answer = await AskAsync("What is my cat called?");

        model.Chats[^1].SystemText.Should().NotContain("Filemon");
        answer.Text("recall").Should().Be("off");
        var turn = (await person.TurnsAsync(answer.Id("conversationId"))).Single();
        (turn.Text("recall"), turn.Items("memories").Length).Should().Be(("off", 0));
        (await person.GetAsync("/chat/conversations")).Items().Select(row => (row.Id(), row.GetProperty("withoutMemory").GetBoolean())).Should().BeEquivalentTo(
            [(answer.Id("conversationId"), true), (open.Id("conversationId"), false)]);
    }

    [Fact]
    public async Task Temporary_chat_stays_temporary_and_cannot_be_changed()
    {
        var first = await AskAsync("Hello");
        var conversation = first.Id("conversationId");

        using var changed = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { conversationId = conversation, prompt = "Remember this", memory = true });
        var next = await person.AskAsync("My dog is called Reksio", conversation);

        changed.StatusCode.Should().Be(HttpStatusCode.Conflict);
        next.Text("recall").Should().Be("off");
    }

    [Fact]
    public async Task Form_without_scripts_starts_a_temporary_chat()
    {
        using var response = await person.PostFormAsync("/", new() { ["Prompt"] = "My dog is called Reksio", ["WithoutMemory"] = "true" });

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var page = WebUtility.HtmlDecode(await person.Http.GetStringAsync(response.Headers.Location!.ToString().Split('#')[0]));
        page.Should().Contain("No memories used: this chat is without memory.");
        (await person.GetAsync("/chat/conversations")).Items().Single().GetProperty("withoutMemory").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Retried_turn_of_a_temporary_chat_is_not_found()
    {
        model.AddFault(OpenAiFault.Unauthorized, times: 1);
        using var failed = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "My dog is called Reksio", memory = false });
        var turn = (await person.GetAsync("/chat/conversations")).Items().Single().Id();
        var row = (await person.TurnsAsync(turn)).Single();

        await person.SendAsync(HttpMethod.Post, $"/chat/turns/{row.Id()}/retry");

        (await SearchAsync("What is my dog Reksio called?")).Should().BeEmpty();
    }

    private Task<System.Text.Json.JsonElement> AskAsync(string prompt, Guid? conversation = null) => conversation is null
        ? person.SendAsync(HttpMethod.Post, "/chat/ask", new { prompt, memory = false })
        : person.AskAsync(prompt, conversation);

    private async Task<System.Text.Json.JsonElement[]> SearchAsync(string query) =>
        (await person.SendAsync(HttpMethod.Post, "/memory/search", new { query })).Items();
}
