using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Discord;

internal static class DiscordRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Needs <c>AddRedis</c>.</summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDiscordHttp(configuration);
        services.AddSingleton<IDiscordLogin, DiscordLogin>();
        services.AddSingleton<IDiscordLinkAttempts, RedisLinkAttempts>();
        services.AddSingleton<IDiscordReplies, DiscordReplies>();
        services.AddSingleton<IInteractionGuard, InteractionGuard>();
        services.AddSingleton<DiscordNotices>();
        services.AddSingleton<INotices>(provider => provider.GetRequiredService<DiscordNotices>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DiscordNotices>());

        return services;
    }

    internal static IServiceCollection AddDiscordHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DiscordOptions>().Configure(options => DiscordSettings.Read(configuration, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsValidation>();
        services.AddOutsideHttpClient(DiscordHttp.HttpClientName, ConnectTimeout, DiscordHttp.MaxResponseBytes)
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (Jarvis, 1.0)"))
            // Its log lines hold addresses, and those of webhooks are secrets.
            .RemoveAllLoggers();
        services.AddSingleton<DiscordHttp>();
        services.AddSingleton<IDiscordState>(provider => provider.GetRequiredService<DiscordHttp>());

        return services;
    }
}
