using Jarvis.Application.Administration;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Infrastructure.Redis.Queue;

internal static class QueueRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddMemoryQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<QueueOptions>(configuration, QueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new QueueKeys(QueueKeys.MemoryJobs));
        services.AddSingleton<IMemoryJobQueue, RedisMemoryJobQueue>();
        services.AddSingleton<IMemoryQueueStatistics, RedisMemoryQueueStatistics>();
        services.AddSingleton<IDeadLetters, RedisDeadLetters>();

        return services;
    }
}
