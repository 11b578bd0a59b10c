using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Jarvis.Server.Tests.Processes;

/// <summary>Web processes share no state in memory, so every request of a user may reach another process.</summary>
public sealed class MultiProcessTests(MultiProcessFixture processes) : IClassFixture<MultiProcessFixture>
{
    [Fact]
    public async Task Session_is_shared_by_all_processes_until_sign_out()
    {
        // One process renders the form with its antiforgery field and another one receives it; API calls with the header do the same.
        using var person = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        var conversation = (await person.AskAsync("One")).Id("conversationId");
        foreach (var word in new[] { "Two", "Three", "Four" })
        {
            await person.AskAsync(word, conversation);
        }

        foreach (var _ in processes.Webs)
        {
            (await person.TurnsAsync(conversation)).Select(turn => turn.Text("prompt")).Should().BeEquivalentTo("One", "Two", "Three", "Four");
        }

        using var signedOut = await person.PostFormAsync("/account/logout", []);
        signedOut.StatusCode.Should().Be(HttpStatusCode.Redirect);
        foreach (var _ in processes.Webs)
        {
            using var refused = await person.RawAsync(HttpMethod.Get, "/settings");
            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Stream_is_stopped_by_another_process_and_keeps_its_text()
    {
        using var person = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        using var stream = await StartSlowStreamAsync(person, "Stop me");
        await using var events = await EventsAsync(stream);
        var start = await NextAsync(events, "start");
        await NextAsync(events, "delta");
        var generating = processes.Jarvis.LastOf("/chat/ask");
        var path = $"/chat/turns/{start.Id("turnId")}/stop";

        await person.SendAsync(HttpMethod.Post, path);

        processes.Jarvis.LastOf(path).Should().NotBe(generating);
        var end = await NextAsync(events, "done");
        end.Text("response").Should().NotBeEmpty();
        (await person.TurnsAsync(start.Id("conversationId"))).Single().Text("status").Should().Be("completed");
    }

    [Fact]
    public async Task Conversation_deleted_by_one_process_stops_its_answer_in_another()
    {
        using var person = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        using var stream = await StartSlowStreamAsync(person, "Delete me");
        await using var events = await EventsAsync(stream);
        var start = await NextAsync(events, "start");
        await NextAsync(events, "delta");
        var generating = processes.Jarvis.LastOf("/chat/ask");
        var path = $"/chat/conversations/{start.Id("conversationId")}";

        await person.SendAsync(HttpMethod.Delete, path);

        processes.Jarvis.LastOf(path).Should().NotBe(generating);
        (await NextAsync(events, "error")).Text("code").Should().Be("chat.turn_not_found");
    }

    [Fact]
    public async Task Rate_limit_is_shared_by_all_processes()
    {
        using var person = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        for (var count = 0; count < MultiProcessFixture.AskingPermits; count++)
        {
            await person.AskAsync($"Number {count}");
        }

        foreach (var _ in processes.Webs)
        {
            using var refused = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "One more" });

            refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromHours(1) / MultiProcessFixture.AskingPermits, TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Turns_from_all_processes_are_remembered_once_by_two_workers()
    {
        using var person = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        string[] names = ["Reksio", "Burek", "Azor", "Fafik", "Kajtek", "Saba"];

        var conversations = await Task.WhenAll(names.Select(async name => (await person.AskAsync($"My dog is called {name}")).Id("conversationId")));

        foreach (var conversation in conversations)
        {
            await person.WaitForMemoryAsync(conversation);
        }

        var memories = (await person.MemoriesAsync()).Select(memory => memory.Text("content")).ToList();
        names.Should().OnlyContain(name => memories.Count(memory => memory.Contains(name, StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task Sign_in_after_Redis_data_loss_holds_at_old_and_new_processes()
    {
        using var before = await JarvisClient.RegisterAsync(processes.Jarvis.Address);
        await processes.Redis.RestartAsync(empty: true);
        var late = await processes.StartWebAsync();
        await using var all = await LoadBalancer.StartAsync([.. processes.Webs, late]);
        using var person = await JarvisClient.UntilAsync(() => TrySignInAsync(all.Address, before.Username), signedIn => signedIn is not null);

        for (var request = 0; request < 9; request++)
        {
            using var answer = await person!.RawAsync(HttpMethod.Get, "/settings");
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            using var page = await person.Http.GetAsync("/settings");
            page.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        // Each message has an antiforgery header that another process created.
        for (var message = 0; message < 6; message++)
        {
            await person!.AskAsync("Still me");
        }
    }

    private Task<HttpResponseMessage> StartSlowStreamAsync(JarvisClient person, string prompt)
    {
        processes.Model.AddFault(OpenAiFault.SilentAfter(2), request => request.Prompt == prompt);

        return person.StartStreamAsync(prompt);
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> EventsAsync(HttpResponseMessage response) =>
        SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();

    private static async Task<JsonElement> NextAsync(IAsyncEnumerator<SseItem<string>> events, string name)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current.EventType == name)
            {
                return JsonSerializer.Deserialize<JsonElement>(events.Current.Data);
            }
        }

        throw new InvalidOperationException($"The stream ended without “{name}”.");
    }

    // Each process reconnects to Redis at its own pace.
    private static async Task<JarvisClient?> TrySignInAsync(Uri address, string username)
    {
        try
        {
            return await JarvisClient.SignInAsync(address, username);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
