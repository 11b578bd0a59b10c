using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Access;

/// <summary>Calls every route and page as anonymous visitor, as owner and as another user.</summary>
public sealed class AccessTests(HostFixture fixture) : AccessTestBase(fixture)
{
    private const string Missing = "00000000-0000-7000-8000-000000000000";

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

        mapped.Should().BeEquivalentTo(AccessTable.Calls.Select(call => call.ToString()));
        pages.Should().NotBeEmpty().And.BeSubsetOf(AccessTable.Pages.Keys);
    }

    [Theory]
    [MemberData(nameof(AccessTable.ClosedRoutes), MemberType = typeof(AccessTable))]
    public async Task Anonymous_call_is_rejected_as_unauthorized(string route)
    {
        using var anonymous = new JarvisClient(host.CreateClient());

        using var response = await SendAsync(anonymous, route);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Theory]
    [MemberData(nameof(AccessTable.Routes), MemberType = typeof(AccessTable))]
    public async Task Owner_call_is_allowed(string route)
    {
        using var response = await SendAsync(owner, route);

        ((int)response.StatusCode).Should().Be(AccessTable.Call(route).Owner, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(AccessTable.Routes), MemberType = typeof(AccessTable))]
    public async Task Resource_of_another_user_is_hidden(string route)
    {
        using var response = await SendAsync(another, route);

        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(AccessTable.Call(route).Another, text);
        text.Should().NotContain("Reksio").And.NotContain("owned");
    }

    [Theory]
    [MemberData(nameof(AccessTable.ChangingRoutes), MemberType = typeof(AccessTable))]
    public async Task Call_by_another_user_changes_nothing(string route)
    {
        using var response = await SendAsync(another, route);

        (await owner.TurnsAsync(Guid.Parse(ids["{conversation}"]))).Should().ContainSingle();
        (await owner.MemoriesAsync()).Should().ContainSingle().Which.GetProperty("pinned").GetBoolean().Should().BeFalse();
        (await owner.GetAsync("/tokens")).Items().Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(AccessTable.OpenRoutes), MemberType = typeof(AccessTable))]
    public async Task Anonymous_call_to_an_open_route_is_allowed(string route)
    {
        using var anonymous = new JarvisClient(host.CreateClient());

        using var response = await SendAsync(anonymous, route);

        ((int)response.StatusCode).Should().Be(AccessTable.Call(route).Owner);
    }

    [Theory]
    [MemberData(nameof(AccessTable.OpenPages), MemberType = typeof(AccessTable))]
    public async Task Anonymous_visitor_can_open_public_pages(string page) =>
        (await OpenAnonymouslyAsync(page)).Should().NotBe(HttpStatusCode.Redirect);

    [Theory]
    [MemberData(nameof(AccessTable.ClosedPages), MemberType = typeof(AccessTable))]
    public async Task Anonymous_visitor_is_redirected_from_private_pages(string page) =>
        (await OpenAnonymouslyAsync(page)).Should().Be(HttpStatusCode.Redirect);

    [Theory]
    [InlineData("/chat/" + Missing)]
    [InlineData("/settings")]
    [InlineData("/memories")]
    public async Task Anonymous_visitor_is_redirected_to_sign_in_with_return_URL(string page)
    {
        using var anonymous = new JarvisClient(host.CreateClient());
        anonymous.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var response = await anonymous.Http.GetAsync(page);

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

    private static string Plain(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/');

    private async Task<HttpStatusCode> OpenAnonymouslyAsync(string page)
    {
        using var anonymous = host.CreateClient();
        anonymous.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var response = await anonymous.GetAsync("/" + page.Replace("{conversationId}", ids["{conversation}"], StringComparison.Ordinal));

        return response.StatusCode;
    }
}
