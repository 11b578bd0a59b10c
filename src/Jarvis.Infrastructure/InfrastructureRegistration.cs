using Jarvis.Application.Common;
using Jarvis.Infrastructure.Accounts;
using Jarvis.Infrastructure.Answers;
using Jarvis.Infrastructure.AzureBoards;
using Jarvis.Infrastructure.ChatModels;
using Jarvis.Infrastructure.Discord;
using Jarvis.Infrastructure.Embeddings;
using Jarvis.Infrastructure.Health;
using Jarvis.Infrastructure.HumanCheck;
using Jarvis.Infrastructure.Imports;
using Jarvis.Infrastructure.MemoryExtraction;
using Jarvis.Infrastructure.Modes;
using Jarvis.Infrastructure.Outside;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Queue;
using Jarvis.Infrastructure.RateLimits;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Sessions;
using Jarvis.Infrastructure.Speech;
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
        services.AddSingleton<Readiness>();
        mode.AddDatabase(services);
        services.AddSingleton<IDatabaseErrorClassifier, DatabaseErrorClassifier>();
        services.AddAccounts();
        services.AddMemoryQueue(configuration);
        services.AddRateLimits(configuration);
        services.AddActiveAnswers();
        services.AddImports(configuration);
        services.AddAzureBoards(configuration);
        services.AddCaptcha(configuration);
        services.AddChatModels(configuration);
        services.AddMemoryExtraction(configuration);
        services.AddEmbeddings(configuration);
        services.AddDiscord(configuration);
        services.AddSpeech(configuration);
        services.AddExternalServices();

        return services;
    }

    /// <summary>What a process that people sign in at needs besides.</summary>
    public static IServiceCollection AddJarvisSessions(this IServiceCollection services) =>
        services.AddSessions(CookieAuthenticationDefaults.AuthenticationScheme);
}
