using System.Net;

namespace Jarvis.Web.Tests.Discord;

/// <summary>Jarvis with a model and a Discord stand-in, rented by one test at a time.</summary>
internal sealed class DiscordFixture : IAsyncDisposable
{
    private static readonly (string Key, string? Value)[] NoModel = [("OpenAI:BaseUrl", null), ("OpenAI:ApiKey", null), ("OpenAI:Models", null)];
    private static readonly FixturePool<DiscordFixture> Pool = new(() => StartAsync());
    private static readonly FixturePool<DiscordFixture> PoolWithoutModel = new(() => StartAsync(NoModel));

    private FixturePool<DiscordFixture> pool = Pool;

    private DiscordFixture(JarvisHost host, DiscordStandIn discord, OpenAiStandIn model) => (Host, Discord, Model) = (host, discord, model);

    public JarvisHost Host { get; }

    public DiscordStandIn Discord { get; }

    public OpenAiStandIn Model { get; }

    public Uri Address => Host.BaseAddress;

    public static async Task<DiscordFixture> RentAsync(bool hasModel = true)
    {
        var pool = hasModel ? Pool : PoolWithoutModel;
        var fixture = await pool.RentAsync();
        fixture.pool = pool;
        fixture.Discord.Reset();
        fixture.Model.Reset();

        return fixture;
    }

    /// <summary>Returns the fixture for the next test, or disposes it if the test interrupted Jarvis or Discord.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (Host.WasInterrupted || Discord.HadFaults || Discord.Headers.Count > 0)
        {
            await DisposeAsync();

            return;
        }

        pool.Return(this);
    }

    private static async Task<DiscordFixture> StartAsync(params (string Key, string? Value)[] settings)
    {
        var discord = await DiscordStandIn.StartAsync();
        var model = await OpenAiStandIn.StartAsync();
        var host = await JarvisHost.StartAsync(
        [
            .. discord.Settings.Select(setting => (setting.Key, (string?)setting.Value)),
            ("OpenAI:BaseUrl", model.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.OpenAiKey),
            ("OpenAI:Models", "stand-in"),
            .. settings,
        ]);

        return new DiscordFixture(host, discord, model);
    }

    /// <summary>Creates a user with a linked Discord account.</summary>
    public async Task<(JarvisClient Client, DiscordPerson Person)> CreateLinkedAsync(string name = "Ada")
    {
        var client = await JarvisClient.RegisterAsync(Host);
        var person = DiscordPerson.New(name);
        await LinkAsync(client, person);

        return (client, person);
    }

    /// <summary>Follows the whole linking flow and returns the final settings URL.</summary>
    public async Task<string> LinkAsync(JarvisClient client, DiscordPerson person)
    {
        var authorize = await GetAuthorizeUrlAsync(client);

        return await ReturnAsync(client, Discord.Approve(authorize, person));
    }

    /// <summary>Starts linking and returns the redirect URL.</summary>
    public static async Task<Uri> GetAuthorizeUrlAsync(JarvisClient client)
    {
        using var response = await client.Http.GetAsync("/discord/link");
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);

        return response.Headers.Location!;
    }

    /// <summary>Returns from Discord and reads the status in the settings URL.</summary>
    public static async Task<string> ReturnAsync(JarvisClient client, Uri callback)
    {
        using var response = await client.Http.GetAsync(callback);
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var location = response.Headers.Location!.ToString();

        return location.Replace("/settings?discord=", "", StringComparison.Ordinal).Replace("#discord", "", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Discord.DisposeAsync();
        await Model.DisposeAsync();
    }
}
