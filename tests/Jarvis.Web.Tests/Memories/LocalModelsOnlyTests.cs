namespace Jarvis.Web.Tests.Memories;

public sealed class LocalModelsOnlyTests : IAsyncLifetime
{
    private OpenAiStandIn cloud = null!;
    private OpenAiStandIn local = null!;
    private JarvisHost host = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        cloud = await OpenAiStandIn.StartAsync();
        local = await OpenAiStandIn.StartAsync();
        host = await JarvisHost.StartAsync(
            ("OpenAI:BaseUrl", cloud.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.OpenAiKey),
            ("OpenAI:Models", "stand-in"),
            ("LocalLlm:BaseUrl", local.BaseUrl.ToString()),
            ("Memory:Extractor", "Heuristic"));
        person = await JarvisClient.RegisterAsync(host);
        var first = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(first.Id("conversationId"));
        await person.SendAsync(HttpMethod.Put, "/settings", new { memoryLocalOnly = true });
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await host.DisposeAsync();
        await cloud.DisposeAsync();
        await local.DisposeAsync();
    }

    [Fact]
    public async Task Cloud_model_receives_no_memory_and_the_answer_says_so()
    {
        var answer = await person.AskAsync("What is my dog called?");

        cloud.Chats[^1].SystemText.Should().NotContain("Reksio");
        (answer.Text("recall"), answer.Items("memories").Length).Should().Be(("keptFromCloud", 0));
        (await person.TurnsAsync(answer.Id("conversationId"))).Single().Text("recall").Should().Be("keptFromCloud");
        (await person.Http.GetStringAsync($"/chat/{answer.Id("conversationId")}")).Should().Contain("your settings keep them from cloud models");
    }

    [Fact]
    public async Task Local_model_uses_memory_and_its_answer_is_hidden_from_cloud_models()
    {
        local.Answer = _ => "Your dog is called Reksio.";
        await ChooseAsync("qwen2.5:3b-instruct");
        var first = await person.AskAsync("What is my dog called?");
        await ChooseAsync("stand-in");

        await person.AskAsync("Tell me more", first.Id("conversationId"));

        local.Chats[^1].SystemText.Should().Contain("Reksio");
        first.Text("recall").Should().Be("asked");
        cloud.Chats[^1].Messages.Should().OnlyContain(message => !message.Text.Contains("Reksio"));
        cloud.Chats[^1].Messages.Should().Contain(message => message.Text == "What is my dog called?");
    }

    [Fact]
    public async Task Search_shows_local_only_memories_to_the_user()
    {
        var found = await person.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my dog called?" });

        found.Items().Should().Contain(hit => hit.Text("content").Contains("Reksio"));
    }

    [Fact]
    public async Task Local_only_setting_is_stored_and_can_be_turned_off()
    {
        var chosen = await person.GetAsync("/settings");
        person.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var saved = await person.PostFormAsync("/settings", new() { ["Temperature"] = "1", ["Theme"] = "System", ["Model"] = "" });

        saved.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        chosen.GetProperty("memoryLocalOnly").GetBoolean().Should().BeTrue();
        (await person.GetAsync("/settings")).GetProperty("memoryLocalOnly").GetBoolean().Should().BeFalse("browsers do not send an unchecked box");
    }

    private async Task ChooseAsync(string model)
    {
        await JarvisClient.UntilAsync(
            () => person.GetAsync("/models"),
            models => models.EnumerateArray().Any(known => known.Text("id") == model && known.GetProperty("available").GetBoolean()));
        await person.SendAsync(HttpMethod.Put, "/settings", new { model });
    }
}
