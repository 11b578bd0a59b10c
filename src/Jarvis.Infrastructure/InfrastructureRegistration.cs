using Jarvis.Application.Common;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Ai.Extraction;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Ai.Speech;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Infrastructure.Integrations.AzureBoards;
using Jarvis.Infrastructure.Integrations.Captcha;
using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Jarvis.Infrastructure.Integrations.Imports;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.ActiveAnswers;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Jarvis.Infrastructure.Redis.Sessions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure;

public static class InfrastructureRegistration
{
    /// <summary>Registers the services that all processes of Jarvis need.</summary>
    public static IServiceCollection AddJarvisInfrastructure(this IServiceCollection services, IConfiguration configuration, HostingMode mode)
    {
        // With a factory, so that the container disposes it.
        services.AddSingleton(_ => mode);

        // Resolved from the container, so that it disposes the clients before the server.
        services.AddRedis(provider => provider.GetRequiredService<HostingMode>().Redis);
        services.AddHealth();
        mode.AddDatabase(services);
        services.AddSingleton<IDatabaseErrorClassifier, DatabaseErrorClassifier>();
        services.AddAccounts();
        services.AddMemoryQueue(configuration);
        services.AddRateLimits();
        services.AddActiveAnswers();
        services.AddImports(configuration);
        services.AddMemoryExtraction(configuration);
        services.AddMemorySearch();

        // Administrators see the external services in this order.
        services.AddChatModels(configuration);
        services.AddEmbeddings(configuration);
        services.AddSpeech(configuration);
        services.AddDiscord(configuration);
        services.AddAzureBoards(configuration);
        services.AddCaptcha(configuration);
        services.AddExternalServices();

        return services;
    }

    /// <summary>Registers the additional services of a process that users sign in to.</summary>
    public static IServiceCollection AddJarvisSessions(this IServiceCollection services) =>
        services.AddDataProtectionKeys().AddSessions(CookieAuthenticationDefaults.AuthenticationScheme);
}
