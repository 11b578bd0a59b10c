using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.ChatModels;

internal static class ChatModelsRegistration
{
    // Time for which a process that was killed still reserves the model.
    private static readonly TimeSpan LocalModelLease = TimeSpan.FromSeconds(10);

    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddChatModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<OpenAiOptions>(configuration, OpenAiOptions.Section)
            .PostConfigure(options => options.ApiKey ??= configuration[OpenAiOptions.CommonApiKey]?.Trim() is { Length: > 0 } key ? key : null);
        services.AddValidatedOptions<AzureOpenAiOptions>(configuration, AzureOpenAiOptions.Section);
        services.AddValidatedOptions<LocalLlmOptions>(configuration, LocalLlmOptions.Section);
        services.AddValidatedOptions<ChatTimeoutOptions>(configuration, ChatTimeoutOptions.Section);
        services.AddValidatedOptions<LocalModelSchedulerOptions>(configuration, LocalModelSchedulerOptions.Section);

        services.AddServiceHealthTracker();
        services.AddExternalService<OpenAiOptions>(options => new(ModelProviders.OpenAi, OpenAiOptions.Section, options.IsConfigured ? options.BaseUrl : null));
        services.AddExternalService<AzureOpenAiOptions>(options => new(ModelProviders.Azure, AzureOpenAiOptions.Section, options.Endpoint));
        services.AddExternalService<LocalLlmOptions>(options => new(ModelProviders.LocalLlm, LocalLlmOptions.Section, options.BaseUrl)
        {
            IsGuess = options.BaseUrl == new LocalLlmOptions().BaseUrl,
        });
        services.AddSingleton<ILocalModelScheduler>(provider => new RedisLocalModelScheduler(
            provider.GetRequiredService<IOptions<LocalModelSchedulerOptions>>().Value.LlmConcurrency,
            new RedisModelLeases(provider.GetRequiredService<IConnectionMultiplexer>(), RedisModelLeases.Name, LocalModelLease),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisLocalModelScheduler>>()));
        services.AddHttpClient<ModelHttpClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                OutboundHttp.CreateHandler(provider.GetRequiredService<IOptions<ChatTimeoutOptions>>().Value.ConnectTimeout))
            // Singletons hold the client; the handler itself renews its connections.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<ModelProviders>();
        services.AddSingleton<LocalLlmAvailability>();
        services.AddSingleton<ChatModelProbe>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ChatModelProbe>());
        services.AddSingleton<IChatModelCatalog, ChatModelCatalog>();

        return services;
    }
}
