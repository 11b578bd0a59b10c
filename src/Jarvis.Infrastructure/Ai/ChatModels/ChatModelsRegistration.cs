using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.ChatModels;

internal static class ChatModelsRegistration
{
    // How long a process that was killed keeps the model from being used.
    private static readonly TimeSpan LocalModelLease = TimeSpan.FromSeconds(10);

    /// <summary>Needs <c>AddRedis</c>.</summary>
    public static IServiceCollection AddChatModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OpenAiOptions>().Configure(options => ModelSettings.Read(configuration, options)).ValidateOnStart();
        services.AddOptions<AzureOpenAiOptions>().Configure(options => ModelSettings.Read(configuration, options)).ValidateOnStart();
        services.AddOptions<LocalLlmOptions>().Configure(options => ModelSettings.Read(configuration, options)).ValidateOnStart();
        services.AddOptions<ChatTimeoutOptions>().Bind(configuration.GetSection(ChatTimeoutOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OpenAiOptions>, ModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<AzureOpenAiOptions>, ModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<LocalLlmOptions>, ModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<ChatTimeoutOptions>, ModelOptionsValidator>();

        services.AddServiceHealthTracker();
        services.AddExternalService<OpenAiOptions>(options => new(ModelProviders.OpenAi, OpenAiOptions.Section, options.IsConfigured ? options.BaseUrl : null));
        services.AddExternalService<AzureOpenAiOptions>(options => new(ModelProviders.Azure, AzureOpenAiOptions.Section, options.Endpoint));
        services.AddExternalService<LocalLlmOptions>(options => new(ModelProviders.LocalLlm, LocalLlmOptions.Section, options.BaseUrl)
        {
            IsGuess = options.BaseUrl == new LocalLlmOptions().BaseUrl,
        });
        services.AddSingleton<ILocalModelScheduler>(provider => new RedisLocalModelScheduler(
            Math.Max(1, configuration.GetValue("Memory:LlmConcurrency", 1)),
            new RedisModelLeases(provider.GetRequiredService<IConnectionMultiplexer>(), RedisModelLeases.Name, LocalModelLease),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisLocalModelScheduler>>()));
        services.AddSingleton<ModelHttp>();
        services.AddSingleton<ModelProviders>();
        services.AddSingleton<LocalLlmAvailability>();
        services.AddSingleton<ChatModelProbe>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ChatModelProbe>());
        services.AddSingleton<IChatModelCatalog, ChatModelCatalog>();

        return services;
    }
}
