#pragma warning disable
using Jarvis.Application.Memories;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Worker;

public static class WorkerRegistration
{
    public static IServiceCollection AddJarvisWorker(this IServiceCollection services, IConfiguration configuration) => services.AddHostedService<Temporary>();

    private sealed class Temporary(IMemoryJobQueue queue, IServiceScopeFactory scopes) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (await queue.TakeAsync(stoppingToken) is { } job)
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExtractMemory(job.Job), stoppingToken);
                }
            }
        }
    }
}
