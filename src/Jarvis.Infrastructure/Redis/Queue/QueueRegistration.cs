using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Infrastructure.Redis.Queue;

internal static class QueueRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddMemoryQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QueueOptions>().Bind(configuration.GetSection(QueueOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new QueueKeys(QueueKeys.MemoryJobs));
        services.AddSingleton<IMemoryJobQueue, RedisMemoryJobQueue>();
        services.AddSingleton<IMemoryQueueStatistics, RedisMemoryQueueStatistics>();
        services.AddSingleton<IDeadLetters, RedisDeadLetters>();

        return services;
    }
}
