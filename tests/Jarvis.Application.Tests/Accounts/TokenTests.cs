using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Accounts;

public sealed class TokenTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync()
    {
        jarvis = await UseCases.StartAsync();
        jarvis.Accounts
            .FindAsync(Arg.Any<IQueryable<UserId>>(), Arg.Any<CancellationToken>())
            .Returns(async call => await call.Arg<IQueryable<UserId>>().ContainsAsync(jarvis.Person) ? Me : null);
    }

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    private Account Me => new(jarvis.Person, "me", IsAdministrator: false);

    [Fact]
    public async Task A_token_says_whose_it_is()
    {
        var token = await CreateAsync();

        var account = await jarvis.SendAsync(new AuthenticateToken(token.Token));

        account.Value.Should().Be(Me);
    }

    [Theory]
    [InlineData("jrv_unknown")]
    [InlineData("")]
    public async Task Another_text_is_nobodys(string secret)
    {
        await CreateAsync();

        (await jarvis.SendAsync(new AuthenticateToken(secret))).Error.Should().Be(AccountErrors.TokenRefused);
    }

    [Fact]
    public async Task A_token_ends_when_it_expires()
    {
        var token = await CreateAsync(UseCases.Start.AddDays(1));
        jarvis.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        var before = await jarvis.SendAsync(new AuthenticateToken(token.Token));

        jarvis.Clock.Advance(TimeSpan.FromTicks(1));

        before.Error.Should().BeNull();
        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRefused);
    }

    [Fact]
    public async Task A_token_ends_when_it_is_revoked()
    {
        var token = await CreateAsync();

        await jarvis.SendAsync(new RevokeToken(jarvis.Person, token.Id));

        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRefused);
    }

    [Fact]
    public async Task A_token_of_somebody_who_is_gone_is_nobodys()
    {
        var token = await CreateAsync();
        jarvis.Accounts.FindAsync(Arg.Any<IQueryable<UserId>>(), Arg.Any<CancellationToken>()).Returns((Account?)null);

        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRefused);
    }

    [Fact]
    public async Task Nobody_revokes_or_lists_anothers()
    {
        var token = await CreateAsync();
        var other = await jarvis.AddPersonAsync();

        (await jarvis.SendAsync(new RevokeToken(other, token.Id))).Error.Should().Be(AccountErrors.TokenNotFound);
        (await jarvis.SendAsync(new ListTokens(other, Page: 1))).Total.Should().Be(0);
        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_list_shows_names_and_no_secrets()
    {
        var token = await CreateAsync();

        var page = await jarvis.SendAsync(new ListTokens(jarvis.Person, Page: 1));

        page.Items.Should().Equal(new TokenRow(token.Id, "laptop", UseCases.Start, null));
        typeof(TokenRow).GetProperties().Should().NotContain(property => property.Name == nameof(AccessToken.Hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public async Task A_token_has_a_name(string name)
    {
        var created = await jarvis.SendAsync(new CreateToken(jarvis.Person, name, ExpiresAt: null));

        created.Error!.Fields["name"].Should().ContainSingle(error => error.Code == "token.name_invalid");
    }

    [Fact]
    public async Task An_expiry_lies_in_the_future()
    {
        var created = await jarvis.SendAsync(new CreateToken(jarvis.Person, "laptop", UseCases.Start));

        created.Error!.Fields["expiresAt"].Should().ContainSingle(error => error.Code == "token.expiry_invalid");
    }

    private async Task<CreatedToken> CreateAsync(DateTimeOffset? expiresAt = null) =>
        (await jarvis.SendAsync(new CreateToken(jarvis.Person, " laptop ", expiresAt))).Value;
}
