using Jarvis.Application.Memories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Infrastructure.Queue;

public static class QueueRegistration
{
    /// <summary>Needs <c>AddRedis</c>.</summary>
    public static IServiceCollection AddMemoryQueue(this IServiceCollection services)
    {
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new QueueKeys(QueueKeys.MemoryJobs));
        services.AddSingleton<IMemoryJobQueue, RedisMemoryJobQueue>();

        return services;
    }
}
