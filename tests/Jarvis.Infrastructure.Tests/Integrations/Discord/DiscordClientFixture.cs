using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Integrations.Discord;

/// <summary>Discord clients as the product registers them, connected to a stand-in.</summary>
internal sealed class DiscordClientFixture : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private DiscordClientFixture(DiscordStandIn standIn, ServiceProvider services) => (StandIn, this.services) = (standIn, services);

    public DiscordStandIn StandIn { get; }

    public static async Task<DiscordClientFixture> StartAsync(params (string Key, string? Value)[] settings)
    {
        var standIn = await DiscordStandIn.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(standIn.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        var services = new ServiceCollection().AddCapturedLogging();
        services.AddDiscord(configuration);

        return new DiscordClientFixture(standIn, services.BuildServiceProvider());
    }

    public IServiceProvider Services => services;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}
