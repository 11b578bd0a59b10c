using System.Net;
using System.Net.Http.Headers;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Access;

/// <summary>
/// Every route that there is must stand in the table, and each is tried as nobody, as another person, as the owner, without
/// the antiforgery header, with an expired and with a revoked token.
/// </summary>
public sealed class AccessTests(HostFixture fixture) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private const string Missing = "00000000-0000-7000-8000-000000000000";

    private static readonly RouteAccess[] Calls =
    [
        new("POST", "/chat/ask", "/chat/ask", new { prompt = "Hello", conversationId = "{conversation}" }, 200, 404),
        new("POST", "/chat/turns/{turnId}/retry", "/chat/turns/{turn}/retry", null, 409, 404),
        new("POST", "/chat/turns/{turnId}/stop", "/chat/turns/{turn}/stop", null, 204, 404),
        new("GET", "/chat/turns/{turnId}/sentences", "/chat/turns/{turn}/sentences", null, 200, 404),
        new("GET", "/chat/conversations", "/chat/conversations", null, 200, 200),
        new("GET", "/chat/conversations/{id}/turns", "/chat/conversations/{conversation}/turns", null, 200, 404),
        new("PATCH", "/chat/conversations/{id}", "/chat/conversations/{conversation}", new { title = "Renamed" }, 204, 404),
        new("DELETE", "/chat/conversations/{id}", "/chat/conversations/{conversation}", null, 204, 404),
        new("GET", "/memory/items", "/memory/items", null, 200, 200),
        new("PATCH", "/memory/items/{id}", "/memory/items/{memory}", new { pinned = true }, 204, 404),
        new("DELETE", "/memory/items/{id}", "/memory/items/{memory}", null, 204, 404),
        new("POST", "/memory/search", "/memory/search", new { query = "Where do I live?" }, 200, 200),
        new("GET", "/memory/export", "/memory/export", null, 200, 200),
        new("POST", "/memory/import", "/memory/import", new { format = "jarvis-memory", version = 1, items = Array.Empty<object>() }, 200, 200),
        new("GET", "/memory/status", "/memory/status?conversationId={conversation}", null, 200, 404),
        new("POST", "/memory/retry", "/memory/retry", new { conversationId = "{conversation}" }, 204, 404),
        new("POST", "/conversations/import", "/conversations/import", new { format = "jarvis", conversations = Array.Empty<object>() }, 200, 200),
        new("GET", "/conversations/import", "/conversations/import", null, 200, 200),
        new("GET", "/conversations/export", "/conversations/export", null, 200, 200),
        new("GET", "/settings", "/settings", null, 200, 200),
        new("PUT", "/settings", "/settings", new { temperature = 0.5 }, 200, 200),
        new("GET", "/models", "/models", null, 200, 200),
        new("GET", "/speech/config", "/speech/config", null, 200, 200),
        new("POST", "/speech/synthesize", "/speech/synthesize", new { text = "Hello" }, 503, 503),
        new("GET", "/tokens", "/tokens", null, 200, 200),
        new("POST", "/tokens", "/tokens", new { name = "mine" }, 201, 201),
        new("DELETE", "/tokens/{id}", "/tokens/{token}", null, 204, 404),
        new("GET", "/bug-reports", "/bug-reports", null, 200, 200),
        new("POST", "/bug-reports", "/bug-reports", new { title = "It breaks", description = "Always", severity = "low" }, 201, 201),
        new("POST", "/bug-reports/{id}/retry", "/bug-reports/{report}/retry", null, 204, 404),
        new("DELETE", "/discord/link", "/discord/link", null, 204, 204),

        // Discord's signature is what it asks for; here Discord is not set up.
        new("POST", "/discord/interactions", "/discord/interactions", new { type = 1 }, 404, 404) { AllowsAnonymous = true },
        new("GET", "/health/live", "/health/live", null, 200, 200) { AllowsAnonymous = true },
        new("GET", "/health/ready", "/health/ready", null, 200, 200) { AllowsAnonymous = true },
    ];

    /// <summary>Pages, and whether anybody may open them. Their forms carry antiforgery fields, which Razor Pages checks.</summary>
    private static readonly Dictionary<string, bool> Pages = new()
    {
        [""] = true,
        ["Index"] = true,
        ["chat/{conversationId}"] = false,
        ["account/register"] = true,
        ["account/login"] = true,
        ["account/logout"] = false,
        ["settings"] = false,
        ["settings/import"] = false,
        ["memories"] = false,
        ["bug-report"] = false,
        ["admin"] = false,
        ["discord/link"] = false,
        ["discord/callback"] = false,
        ["error"] = true,
    };

    private JarvisHost host = null!;
    private JarvisClient owner = null!;
    private JarvisClient another = null!;
    private Dictionary<string, string> ids = [];

    public static TheoryData<string> Routes => [.. Calls.Select(call => call.ToString())];

    public static TheoryData<string> ClosedRoutes => [.. Calls.Where(call => !call.AllowsAnonymous).Select(call => call.ToString())];

    public static TheoryData<string> OpenRoutes => [.. Calls.Where(call => call.AllowsAnonymous).Select(call => call.ToString())];

    public static TheoryData<string> OpenPages => [.. Pages.Where(page => page.Value).Select(page => page.Key)];

    public static TheoryData<string> ClosedPages => [.. Pages.Where(page => !page.Value).Select(page => page.Key)];

    public static TheoryData<string> ChangingRoutes => [.. Calls.Where(call => call.Method != "GET").Select(call => call.ToString())];

    public async ValueTask InitializeAsync()
    {
        host = await fixture.HostAsync();
        owner = await JarvisClient.RegisterAsync(host);
        another = await JarvisClient.RegisterAsync(host);
        var answer = await owner.AskAsync("My dog is called Reksio.");
        await owner.RememberedAsync(answer.Id("conversationId"));
        var token = await owner.SendAsync(HttpMethod.Post, "/tokens", new { name = "owned" });
        ids = new()
        {
            ["{conversation}"] = answer.Text("conversationId"),
            ["{turn}"] = answer.Text("turnId"),
            ["{memory}"] = (await owner.MemoriesAsync())[0].Text("id"),
            ["{token}"] = token.Text("id"),
            ["{report}"] = (await owner.SendAsync(HttpMethod.Post, "/bug-reports", new { title = "An owned report", description = "Mine", severity = "low" })).Text("id"),
        };
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        another.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_route_is_listed_in_the_table()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var mapped = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Plain(endpoint)}"));
        var pages = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is null && !endpoint.RoutePattern.RawText!.Contains("path"))
            .Select(endpoint => Plain(endpoint).TrimStart('/'));

        mapped.Should().BeEquivalentTo(Calls.Select(call => call.ToString()));
        pages.Should().NotBeEmpty().And.BeSubsetOf(Pages.Keys);
    }

    [Theory]
    [MemberData(nameof(ClosedRoutes))]
    public async Task Anonymous_call_is_rejected_as_unauthorized(string route)
    {
        using var nobody = new JarvisClient(host.CreateClient());

        using var response = await SendAsync(nobody, route);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Owner_is_allowed(string route)
    {
        using var response = await SendAsync(owner, route);

        ((int)response.StatusCode).Should().Be(Call(route).Owner, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Resource_of_another_user_is_hidden(string route)
    {
        using var response = await SendAsync(another, route);

        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(Call(route).Another, text);
        text.Should().NotContain("Reksio").And.NotContain("owned");
    }

    [Theory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task Call_by_another_user_changes_nothing(string route)
    {
        using var response = await SendAsync(another, route);

        (await owner.TurnsAsync(Guid.Parse(ids["{conversation}"]))).Should().ContainSingle();
        (await owner.MemoriesAsync()).Should().ContainSingle().Which.GetProperty("pinned").GetBoolean().Should().BeFalse();
        (await owner.GetAsync("/tokens")).Items().Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task A_cookie_without_the_antiforgery_header_changes_nothing(string route)
    {
        owner.CsrfToken = "";

        using var response = await SendAsync(owner, route);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("request.antiforgery");
        (await owner.TurnsAsync(Guid.Parse(ids["{conversation}"]))).Should().ContainSingle();
        (await owner.MemoriesAsync()).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task Antiforgery_token_of_another_user_is_rejected(string route)
    {
        owner.CsrfToken = another.CsrfToken;

        using var response = await SendAsync(owner, route);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_token_needs_no_antiforgery_header(string route)
    {
        using var program = await owner.WithTokenAsync(host);

        using var response = await SendAsync(program, route);

        ((int)response.StatusCode).Should().Be(Call(route).Owner, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(ClosedRoutes))]
    public async Task Expired_token_is_rejected_by_every_route(string route)
    {
        using var program = await owner.WithTokenAsync(host, DateTimeOffset.MaxValue.AddDays(-1));
        await ExpireTokensAsync(program);

        using var response = await SendAsync(program, route);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(ClosedRoutes))]
    public async Task Revoked_token_is_rejected_by_every_route(string route)
    {
        using var program = await owner.WithTokenAsync(host);
        foreach (var token in (await owner.GetAsync("/tokens")).Items())
        {
            await owner.SendAsync(HttpMethod.Delete, $"/tokens/{token.Text("id")}");
        }

        using var response = await SendAsync(program, route);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(OpenRoutes))]
    public async Task Anonymous_call_to_an_open_route_is_allowed(string route)
    {
        using var nobody = new JarvisClient(host.CreateClient());

        using var response = await SendAsync(nobody, route);

        ((int)response.StatusCode).Should().Be(Call(route).Owner);
    }

    [Theory]
    [MemberData(nameof(OpenPages))]
    public async Task Anonymous_visitor_can_open_public_pages(string page) =>
        (await OpenAnonymouslyAsync(page)).Should().NotBe(HttpStatusCode.Redirect);

    [Theory]
    [MemberData(nameof(ClosedPages))]
    public async Task Anonymous_visitor_is_redirected_from_private_pages(string page) =>
        (await OpenAnonymouslyAsync(page)).Should().Be(HttpStatusCode.Redirect);

    [Fact]
    public async Task Invalid_token_is_rejected_even_with_a_valid_cookie()
    {
        owner.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "jrv_nonsense");

        using var response = await owner.RawAsync(HttpMethod.Get, "/memory/items");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/chat/" + Missing)]
    [InlineData("/settings")]
    [InlineData("/memories")]
    public async Task Anonymous_visitor_is_redirected_to_sign_in_with_return_URL(string page)
    {
        using var nobody = new JarvisClient(host.CreateClient());
        nobody.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var response = await nobody.Http.GetAsync(page);

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.PathAndQuery.Should().Be($"/account/login?returnUrl={Uri.EscapeDataString(page)}");
    }

    [Fact]
    public async Task Conversation_page_of_another_user_is_not_found()
    {
        another.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var response = await another.Http.GetAsync($"/chat/{ids["{conversation}"]}");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("Reksio");
    }

    private static RouteAccess Call(string route) => Calls.Single(call => call.ToString() == route);

    private static string Plain(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/');

    private async Task<HttpResponseMessage> SendAsync(JarvisClient client, string route)
    {
        var call = Call(route);
        var request = client.Request(new HttpMethod(call.Method), Filled(call.Path), call.Body);
        if (request.Content is not null)
        {
            request.Content = new StringContent(Filled(await request.Content.ReadAsStringAsync()), MediaTypeHeaderValue.Parse("application/json"));
        }

        return await client.Http.SendAsync(request);
    }

    private async Task<HttpStatusCode> OpenAnonymouslyAsync(string page)
    {
        using var nobody = host.CreateClient();
        nobody.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var response = await nobody.GetAsync("/" + page.Replace("{conversationId}", ids["{conversation}"], StringComparison.Ordinal));

        return response.StatusCode;
    }

    private string Filled(string text) => ids.Aggregate(text, (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private async Task ExpireTokensAsync(JarvisClient program)
    {
        var hash = AccessToken.ComputeHash(program.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        await db.AccessTokens.Where(token => token.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(token => token.ExpiresAt, DateTimeOffset.UnixEpoch));
    }
}
