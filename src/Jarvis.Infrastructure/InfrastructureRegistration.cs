using Jarvis.Application.Common;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Redis.ActiveAnswers;
using Jarvis.Infrastructure.Integrations.AzureBoards;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Infrastructure.Integrations.Captcha;
using Jarvis.Infrastructure.Integrations.Imports;
using Jarvis.Infrastructure.Ai.Extraction;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.Sessions;
using Jarvis.Infrastructure.Ai.Speech;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure;

public static class InfrastructureRegistration
{
    /// <summary>What every process of Jarvis stands on.</summary>
    public static IServiceCollection AddJarvisInfrastructure(this IServiceCollection services, IConfiguration configuration, HostingMode mode)
    {
        // By a factory, so that the container disposes it with everything else.
        services.AddSingleton(_ => mode);

        // Asked for through the container, so that its clients are gone before the server.
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

    /// <summary>What a process that people sign in at needs besides.</summary>
    public static IServiceCollection AddJarvisSessions(this IServiceCollection services) =>
        services.AddSessions(CookieAuthenticationDefaults.AuthenticationScheme);
}
