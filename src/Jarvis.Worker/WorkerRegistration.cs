using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Worker;

public static class WorkerRegistration
{
    public static IServiceCollection AddJarvisWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BugReportOptions>().Bind(configuration.GetSection(BugReportOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<WorkerHealth>();
        services.AddSingleton<WorkerMetrics>();
        services.AddHostedService<MemoryWorker>();
        services.AddHostedService<MemoryBacklogSweeper>();
        services.AddHostedService<ImportBacklogScheduler>();
        services.AddHostedService<QueueMetricsCollector>();
        services.AddHostedService<EmbeddingWorker>();
        services.AddHostedService<BugReportWorker>();

        return services;
    }
}
