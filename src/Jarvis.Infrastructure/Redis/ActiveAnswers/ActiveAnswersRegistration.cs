using Jarvis.Application.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Infrastructure.Redis.ActiveAnswers;

internal static class ActiveAnswersRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddActiveAnswers(this IServiceCollection services)
    {
        services.AddSingleton<RedisAnswerCancellationBus>();
        services.AddSingleton<IAnswerCancellationBus>(provider => provider.GetRequiredService<RedisAnswerCancellationBus>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisAnswerCancellationBus>());
        services.AddSingleton<RedisActiveAnswerRegistry>();
        services.AddSingleton<IActiveAnswerRegistry>(provider => provider.GetRequiredService<RedisActiveAnswerRegistry>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisActiveAnswerRegistry>());

        return services;
    }
}
