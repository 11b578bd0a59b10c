using System.Net;
using System.Net.Http.Headers;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Web.Tests.Access;

/// <summary>Calls every route with missing, foreign, expired and revoked tokens.</summary>
public sealed class TokenAccessTests(HostFixture fixture) : AccessTestBase(fixture)
{
    [Theory]
    [MemberData(nameof(AccessTable.ChangingRoutes), MemberType = typeof(AccessTable))]
    public async Task Cookie_without_the_antiforgery_header_changes_nothing(string route)
    {
        owner.CsrfToken = "";

        using var response = await SendAsync(owner, route);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("request.antiforgery");
        (await owner.TurnsAsync(Guid.Parse(ids["{conversation}"]))).Should().ContainSingle();
        (await owner.MemoriesAsync()).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(AccessTable.ChangingRoutes), MemberType = typeof(AccessTable))]
    public async Task Antiforgery_token_of_another_user_is_rejected(string route)
    {
        owner.CsrfToken = another.CsrfToken;

        using var response = await SendAsync(owner, route);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(AccessTable.Routes), MemberType = typeof(AccessTable))]
    public async Task Token_needs_no_antiforgery_header(string route)
    {
        using var program = await owner.WithTokenAsync(host);

        using var response = await SendAsync(program, route);

        ((int)response.StatusCode).Should().Be(AccessTable.Call(route).Owner, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(AccessTable.ClosedRoutes), MemberType = typeof(AccessTable))]
    public async Task Expired_token_is_rejected_by_every_route(string route)
    {
        using var program = await owner.WithTokenAsync(host, DateTimeOffset.MaxValue.AddDays(-1));
        await ExpireTokensAsync(program);

        using var response = await SendAsync(program, route);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(AccessTable.ClosedRoutes), MemberType = typeof(AccessTable))]
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

    [Fact]
    public async Task Invalid_token_is_rejected_even_with_a_valid_cookie()
    {
        owner.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "jrv_nonsense");

        using var response = await owner.RawAsync(HttpMethod.Get, "/memory/items");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task ExpireTokensAsync(JarvisClient program)
    {
        var hash = AccessToken.ComputeHash(program.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        await db.AccessTokens.Where(token => token.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(token => token.ExpiresAt, DateTimeOffset.UnixEpoch));
    }
}
