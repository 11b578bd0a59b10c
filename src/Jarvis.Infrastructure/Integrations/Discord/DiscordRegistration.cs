using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal static class DiscordRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDiscordHttp(configuration);
        services.AddSingleton<IDiscordOAuthClient, DiscordOAuthClient>();
        services.AddSingleton<IOAuthStateStore, RedisOAuthStateStore>();
        services.AddSingleton<IDiscordInteractionClient, DiscordInteractionClient>();
        services.AddSingleton<IInteractionSignatureVerifier, InteractionSignatureVerifier>();
        services.AddSingleton<DiscordAdminNotifier>();
        services.AddSingleton<IAdminNotifier>(provider => provider.GetRequiredService<DiscordAdminNotifier>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DiscordAdminNotifier>());

        return services;
    }

    internal static IServiceCollection AddDiscordHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<DiscordOptions>(configuration, DiscordOptions.Section);
        services.AddOutboundHttpClient(DiscordApiClient.HttpClientName, ConnectTimeout, DiscordApiClient.MaxResponseBytes)
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (Jarvis, 1.0)"))
            // The default logging contains URLs, and those of webhooks are secret.
            .RemoveAllLoggers();
        services.AddExternalService<DiscordOptions>(options => new(
            DiscordApiClient.ServiceId, DiscordOptions.Section, options.CanLink || options.AcceptsInteractions ? options.BaseUrl : null));
        services.AddExternalService<DiscordOptions>(options => new(
            DiscordApiClient.NotificationsServiceId, $"{DiscordOptions.Section}:{nameof(DiscordOptions.WebhookUrl)}", options.Webhook));
        services.AddSingleton<DiscordApiClient>();
        services.AddSingleton<IDiscordSettings>(provider => provider.GetRequiredService<DiscordApiClient>());

        return services;
    }
}
