using Jarvis.Application.Speech;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

internal static class SpeechRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddSpeech(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<SpeechOptions>(configuration, SpeechOptions.Section);
        services.AddValidatedOptions<SpeechCacheOptions>(configuration, SpeechCacheOptions.Section);
        services.AddValidatedOptions<SpeachesOptions>(configuration, SpeachesOptions.Section);
        services.AddValidatedOptions<ChatterboxOptions>(configuration, ChatterboxOptions.Section);

        services.AddServiceHealthTracker();
        services.AddExternalService<SpeachesOptions>(options => new(SpeechServers.Speaches, SpeachesOptions.Section, options.BaseUrl));
        services.AddExternalService<ChatterboxOptions>(options => new(SpeechServers.Chatterbox, ChatterboxOptions.Section, options.BaseUrl));
        services.AddHttpClient<SpeechHttpClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                OutboundHttp.CreateHandler(provider.GetRequiredService<IOptions<SpeechOptions>>().Value.ConnectTimeout))
            // Singletons hold the client; the handler itself renews its connections.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<SpeechServers>();
        services.AddSingleton<ISpeechProviders>(provider => provider.GetRequiredService<SpeechServers>());
        services.AddSingleton<SpeechCache>();
        services.AddSingleton<OpenAiSpeechSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer>(provider => new CachingSpeechSynthesizer(
            provider.GetRequiredService<OpenAiSpeechSynthesizer>(),
            provider.GetRequiredService<SpeechCache>(),
            provider.GetRequiredService<IOptions<SpeechCacheOptions>>()));

        return services;
    }
}
