using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Worker;

public static class WorkerRegistration
{
    /// <param name="failureStatus">Health of the process while the worker makes no progress.</param>
    public static IServiceCollection AddJarvisWorker(this IServiceCollection services, IConfiguration configuration, HealthStatus failureStatus = HealthStatus.Unhealthy)
    {
        services.AddValidatedOptions<WorkerOptions>(configuration, WorkerOptions.Section);
        services.AddValidatedOptions<BugReportOptions>(configuration, BugReportOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<WorkerHealth>();
        services.AddHealthChecks().AddCheck<WorkerHealthCheck>("worker", failureStatus);
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<MemoryJobProcessor>();
        services.AddHostedService<MemoryWorker>();
        services.AddHostedService<MemoryBacklogSweeper>();
        services.AddHostedService<ImportBacklogScheduler>();
        services.AddHostedService<QueueMetricsCollector>();
        services.AddHostedService<EmbeddingWorker>();
        services.AddHostedService<BugReportWorker>();

        return services;
    }
}
