using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Access;

/// <summary>
/// Memories of two users never mix. One user fills every table; the other calls every route with the first one's ids and words. Every SQL
/// statement of these calls is checked.
/// </summary>
[Trait("Engine", "both")]
public sealed class OwnerIsolationTests : IAsyncLifetime
{
    private static readonly string[] Secrets = ["Borysek", "Filemon", "Azor", "Krasnystaw", "Perth"];

    private static readonly object Imported = new
    {
        format = "jarvis",
        conversations = new[]
        {
            new
            {
                externalId = "c1",
                title = "Tea",
                createdAt = "2024-03-01T10:00:00Z",
                turns = new[] { new { externalId = "t1", prompt = "I like green tea", response = "Noted.", at = "2024-03-01T10:00:00Z" } },
            },
        },
    };

    private DiscordStandIn discord = null!;
    private JarvisHost host = null!;
    private JarvisClient anna = null!;
    private JarvisClient eve = null!;

    public async ValueTask InitializeAsync()
    {
        discord = await DiscordStandIn.StartAsync();
        host = await JarvisHost.StartAsync([.. discord.Settings.Select(setting => (setting.Key, (string?)setting.Value)), ("Memory:SweepInterval", "00:00:01")]);
        anna = await JarvisClient.RegisterAsync(host);
        eve = await JarvisClient.RegisterAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        anna.Dispose();
        eve.Dispose();
        await host.DisposeAsync();
        await discord.DisposeAsync();
    }

    [Fact]
    public async Task Every_SQL_statement_filters_by_owner_and_no_data_crosses_users()
    {
        using var captured = CapturedSql.Of(host);
        var ids = await FillAsync();
        var called = new HashSet<string>();
        var responses = new List<string>();

        await CallEveryRouteAsync(eve, ids, called, responses);
        await CallDiscordAsync(eve, DiscordPerson.New("Eve"), ids, responses);
        await CallDiscordAsync(anna, DiscordPerson.New("Anna"), ids, responses: []);
        await CallEveryRouteAsync(anna, ids, called, responses: []);

        called.Should().Contain(Mapped(), "every route was called");
        responses.Should().NotContain(text => Secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)) || ids.Values.Any(text.Contains));
        var owned = captured.OwnedTables;
        var statements = captured.Texts;
        statements.SelectMany(statement => OwnedStatement.TablesOf(statement, owned)).Distinct().Should().BeEquivalentTo(owned, "every table was queried");
        statements.SelectMany(statement => OwnedStatement.FindUnfiltered(statement, owned).Select(use => $"{use}: {statement}")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("SELECT m.content FROM memory_items AS m WHERE m.user_id = @user AND m.id = @id", true)]
    [InlineData("SELECT m.content FROM memory_items AS m WHERE m.id = @id", false)]
    [InlineData("SELECT c.id FROM conversation AS c JOIN memory_items AS m ON m.conversation_id = c.id WHERE c.user_id = @user", false)]
    [InlineData("SELECT m.content FROM (SELECT t.id FROM conversation_history AS t WHERE t.user_id = @user) AS x JOIN memory_items AS m ON m.source_turn_id = x.id", false)]
    [InlineData("DELETE FROM memory_items AS m WHERE m.id IN (@a, @b)", false)]
    [InlineData("UPDATE conversation_history AS c SET recallable = FALSE WHERE c.conversation_id = @id", false)]
    [InlineData("UPDATE memory_items SET pinned = @p0 WHERE id = @p1", true)]
    [InlineData("INSERT INTO memory_items (id, content) VALUES (@p0, @p1)", false)]
    public void SQL_without_an_owner_filter_is_detected(string statement, bool isValid)
    {
        var ownerless = OwnedStatement.FindUnfiltered(statement, ["memory_items", "conversation_history", "conversation"]);

        (ownerless.Count == 0).Should().Be(isValid);
    }

    private async Task<Dictionary<string, string>> FillAsync()
    {
        var answer = await anna.AskAsync("My dog is called Borysek and I live in Krasnystaw");
        var conversation = answer.Id("conversationId");
        await anna.WaitForMemoryAsync(conversation);
        await anna.AskAsync("My cat is called Filemon", conversation);
        await anna.WaitForMemoryAsync(conversation);
        await anna.AskAsync("I moved to Perth", conversation);
        await anna.WaitForMemoryAsync(conversation);
        var question = await anna.AskAsync("What is my dog called?");
        await anna.SendAsync(HttpMethod.Post, "/chat/ask", new { prompt = "My other dog is called Azor", memory = false });
        var token = await anna.SendAsync(HttpMethod.Post, "/tokens", new { name = "owned" });
        var memories = await anna.MemoriesAsync();

        return new()
        {
            ["{conversation}"] = conversation.ToString(),
            ["{turn}"] = answer.Text("turnId"),
            ["{answer}"] = question.Text("turnId"),
            ["{dog}"] = memories.Single(memory => memory.Text("content").Contains("Borysek", StringComparison.Ordinal)).Text("id"),
            ["{cat}"] = memories.Single(memory => memory.Text("content").Contains("Filemon", StringComparison.Ordinal)).Text("id"),
            ["{token}"] = token.Text("id"),
            ["{report}"] = (await anna.SendAsync(HttpMethod.Post, "/bug-reports", new { title = "Borysek vanishes", description = "Azor too", severity = "low" })).Text("id"),
        };
    }

    private async Task CallDiscordAsync(JarvisClient person, DiscordPerson account, Dictionary<string, string> ids, List<string> responses)
    {
        using var redirect = await person.Http.GetAsync("/discord/link");
        using var linked = await person.Http.GetAsync(discord.Approve(redirect.Headers.Location!, account));
        var place = DiscordChannel.Channel();
        for (var i = 0; i < 2; i++)
        {
            responses.AddRange(await discord.AskAsync(host.BaseAddress, DiscordInteraction.Ask(account, place, "What are my pets called and where do I live?", isPublic: i == 1, memory: true)));
        }

        foreach (var interaction in new[]
        {
            DiscordInteraction.Memories(account, place), DiscordInteraction.Memories(account, place, "What is my dog called?"),
            DiscordInteraction.Autocomplete(account, place, "dog"), DiscordInteraction.Forget(account, place, ids["{cat}"]),
            DiscordInteraction.Click(account, place, "choose", ids["{dog}"]),
        })
        {
            responses.Add((await discord.SendAsync(host.BaseAddress, interaction)).ToString());
        }
    }

    private static async Task CallEveryRouteAsync(JarvisClient person, Dictionary<string, string> ids, HashSet<string> called, List<string> responses)
    {
        var program = new { format = "jarvis-memory", version = 1, items = new[] { new { kind = "fact", content = "Likes tea", validFrom = "2026-01-01T00:00:00Z", turnId = "{turn}" } } };
        (string Method, string Pattern, string Path, object? Body)[] calls =
        [
            ("GET", "/chat/conversations", "/chat/conversations?q=cat", null),
            ("GET", "/chat/conversations/{id}/turns", "/chat/conversations/{conversation}/turns", null),
            ("POST", "/chat/ask", "/chat/ask", new { prompt = "What are my pets called and where do I live?" }),
            ("POST", "/chat/ask", "/chat/ask", new { prompt = "What do you know about me?" }),
            ("POST", "/chat/ask", "/chat/ask", new { prompt = "And where do I live?", conversationId = "{conversation}" }),
            ("GET", "/chat/turns/{turnId}/sentences", "/chat/turns/{answer}/sentences", null),
            ("POST", "/chat/turns/{turnId}/retry", "/chat/turns/{turn}/retry", null),
            ("POST", "/chat/turns/{turnId}/stop", "/chat/turns/{turn}/stop", null),
            ("PATCH", "/chat/conversations/{id}", "/chat/conversations/{conversation}", new { title = "Renamed" }),
            ("GET", "/memory/items", "/memory/items?q=dog", null),
            ("GET", "/memory/items", "/memory/items?state=past", null),
            ("POST", "/memory/search", "/memory/search", new { query = "What is my dog called and where do I live?", conversationId = "{conversation}" }),
            ("GET", "/memory/export", "/memory/export", null),
            ("POST", "/memory/import", "/memory/import", program),
            ("GET", "/memory/status", "/memory/status?conversationId={conversation}", null),
            ("POST", "/memory/retry", "/memory/retry", new { conversationId = "{conversation}" }),
            ("PATCH", "/memory/items/{id}", "/memory/items/{dog}", new { content = "My dog is called Azor", pinned = true }),
            ("DELETE", "/memory/items/{id}", "/memory/items/{cat}", null),
            ("GET", "/conversations/export", "/conversations/export", null),
            ("POST", "/conversations/import", "/conversations/import?format=jarvis", Imported),
            ("GET", "/conversations/import", "/conversations/import", null),
            ("GET", "/settings", "/settings", null),
            ("PUT", "/settings", "/settings", new { memoryLocalOnly = true }),
            ("GET", "/tokens", "/tokens", null),
            ("POST", "/tokens", "/tokens", new { name = "mine" }),
            ("DELETE", "/tokens/{id}", "/tokens/{token}", null),
            ("GET", "/bug-reports", "/bug-reports", null),
            ("POST", "/bug-reports", "/bug-reports", new { title = "Mine", description = "Breaks", severity = "low" }),
            ("POST", "/bug-reports/{id}/retry", "/bug-reports/{report}/retry", null),
            ("DELETE", "/discord/link", "/discord/link", null),
            ("DELETE", "/chat/conversations/{id}", "/chat/conversations/{conversation}?forget=true", null),
        ];
        string[] pages = ["/", "/chat/{conversation}", "/chat/{conversation}?turn={turn}", "/memories", "/memories?q=dog", "/memories?past=true", "/memories?history={dog}", "/settings", "/bug-report"];
        foreach (var page in pages)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, FillIn(page, ids));
            request.Headers.Accept.ParseAdd("text/html");
            responses.Add(await ReadResponseAsync(person, request));
        }

        foreach (var (method, pattern, path, body) in calls)
        {
            var request = person.Request(new HttpMethod(method), FillIn(path, ids), body);
            if (request.Content is not null)
            {
                request.Content = new StringContent(FillIn(await request.Content.ReadAsStringAsync(), ids), MediaTypeHeaderValue.Parse("application/json"));
            }

            called.Add($"{method} {pattern}");
            responses.Add(await ReadResponseAsync(person, request));
        }
    }

    // The response may contain values of its own request, such as the address of a page.
    private static async Task<string> ReadResponseAsync(JarvisClient person, HttpRequestMessage request)
    {
        using var response = await person.Http.SendAsync(request);

        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : "";
    }

    private static string FillIn(string text, Dictionary<string, string> ids) => ids.Aggregate(text, (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private IEnumerable<string> Mapped() =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let plain = endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/')
        where plain.StartsWith("/chat/", StringComparison.Ordinal) || plain.StartsWith("/conversations/", StringComparison.Ordinal) || plain.StartsWith("/memory/", StringComparison.Ordinal) || plain.StartsWith("/settings", StringComparison.Ordinal)
            || plain.StartsWith("/tokens", StringComparison.Ordinal) || plain.StartsWith("/bug-reports", StringComparison.Ordinal)
            || plain == "/discord/link"
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {plain}";
}
