using System.Security.Claims;
using Jarvis.Infrastructure.Redis.Sessions;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.Sessions;

public sealed class RedisTicketStoreTests(GarnetFixture server) : IClassFixture<GarnetFixture>, IAsyncLifetime
{
    private readonly IDataProtectionProvider protection = new EphemeralDataProtectionProvider();
    private readonly List<IDisposable> owned = [];
    private TcpProxy proxy = null!;
    private ConnectionMultiplexer redis = null!;
    private ConnectionMultiplexer direct = null!;

    public async ValueTask InitializeAsync()
    {
        (proxy, var connectionString) = server.ConnectThroughProxy();
        redis = await server.ConnectAsync(connectionString);
        direct = await server.ConnectAsync();
        owned.AddRange([proxy, redis, direct]);
    }

    public ValueTask DisposeAsync()
    {
        owned.Reverse();
        owned.ForEach(one => one.Dispose());

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Stored_session_is_found_by_its_key_in_any_process()
    {
        var key = await Store().StoreAsync(Ticket("anna"));

        var found = await Store(overLine: false).RetrieveAsync(key);

        found!.Principal.Identity!.Name.Should().Be("anna");
        key.Length.Should().Be(43, "256 random bits");
    }

    [Fact]
    public async Task Session_is_stored_encrypted_in_Redis_until_it_expires()
    {
        var key = await Store().StoreAsync(Ticket("anna-readable", TimeSpan.FromHours(2)));

        var stored = await direct.GetDatabase().StringGetAsync("jarvis:session:" + key);
        var expiry = await direct.GetDatabase().KeyTimeToLiveAsync("jarvis:session:" + key);

        stored.ToString().Should().NotContain("anna-readable");
        expiry.Should().BeCloseTo(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Renewed_session_gets_a_later_expiry()
    {
        var store = Store();
        var key = await store.StoreAsync(Ticket("anna", TimeSpan.FromMinutes(1)));

        await store.RenewAsync(key, Ticket("anna", TimeSpan.FromHours(3)));

        (await direct.GetDatabase().KeyTimeToLiveAsync("jarvis:session:" + key)).Should().BeCloseTo(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Renewal_does_not_restore_a_session_revoked_in_another_process()
    {
        var store = Store();
        var key = await store.StoreAsync(Ticket("anna"));
        await Store(overLine: false).RemoveAsync(key);

        await store.RenewAsync(key, Ticket("anna"));

        (await store.RetrieveAsync(key)).Should().BeNull();
    }

    [Fact]
    public async Task Cached_session_stays_valid_for_ten_minutes_during_Redis_outage()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = Store(clock: clock);
        var key = await store.StoreAsync(Ticket("anna"));
        await CutAsync();

        var during = await store.RetrieveAsync(key);
        clock.Advance(TimeSpan.FromMinutes(11));
        var afterwards = await store.RetrieveAsync(key);

        during!.Principal.Identity!.Name.Should().Be("anna");
        afterwards.Should().BeNull();
    }

    [Fact]
    public async Task Unknown_session_is_marked_unverified_during_Redis_outage()
    {
        var key = await Store(overLine: false).StoreAsync(Ticket("anna"));
        var store = Store();
        var (before, during) = (new DefaultHttpContext(), new DefaultHttpContext());
        await store.RetrieveAsync("none", before, CancellationToken.None);
        await CutAsync();

        var found = await store.RetrieveAsync(key, during, CancellationToken.None);

        found.Should().BeNull();
        UnverifiedSession.Get(before).Should().BeNull();
        UnverifiedSession.Get(during).Should().NotBeNull();
    }

    [Fact]
    public async Task New_session_cannot_be_stored_during_Redis_outage()
    {
        var store = Store();
        await CutAsync();

        var act = () => store.StoreAsync(Ticket("anna"));

        await act.Should().ThrowAsync<SessionStoreUnavailableException>();
    }

    [Fact]
    public async Task Renewal_does_not_fail_during_Redis_outage()
    {
        var store = Store();
        var key = await store.StoreAsync(Ticket("anna"));
        await CutAsync();

        await store.RenewAsync(key, Ticket("anna"));

        (await store.RetrieveAsync(key)).Should().NotBeNull();
    }

    [Fact]
    public async Task Sign_out_takes_effect_immediately_and_reaches_Redis_after_an_outage()
    {
        var store = Store();
        var key = await store.StoreAsync(Ticket("anna"));
        await CutAsync();

        await store.RemoveAsync(key);
        var during = await store.RetrieveAsync(key);
        var stillStored = await direct.GetDatabase().KeyExistsAsync("jarvis:session:" + key);
        proxy.Restore();

        during.Should().BeNull();
        stillStored.Should().BeTrue();
        await Eventually.IsTrueAsync(async () => !await direct.GetDatabase().KeyExistsAsync("jarvis:session:" + key), "the session is deleted from Redis");
        (await store.RetrieveAsync(key)).Should().BeNull();
    }

    [Fact]
    public async Task Forged_session_is_not_accepted()
    {
        await direct.GetDatabase().StringSetAsync("jarvis:session:forged", "forged", TimeSpan.FromMinutes(1));

        var found = await Store().RetrieveAsync("forged");

        found.Should().BeNull();
    }

    private RedisTicketStore Store(bool overLine = true, TimeProvider? clock = null)
    {
        var recent = new SessionFallbackCache(clock ?? TimeProvider.System);
        var store = new RedisTicketStore(overLine ? redis : direct, protection, recent, clock ?? TimeProvider.System, NullLogger<RedisTicketStore>.Instance);
        owned.AddRange([recent, store]);

        return store;
    }

    private Task CutAsync()
    {
        proxy.Cut();

        return Eventually.IsTrueAsync(() => Task.FromResult(!redis.IsConnected), "the driver detects the outage");
    }

    private static AuthenticationTicket Ticket(string name, TimeSpan? length = null) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "Cookies")),
        new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow() + (length ?? TimeSpan.FromHours(1)) },
        "Cookies");
}
