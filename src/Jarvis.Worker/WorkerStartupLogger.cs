using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>Logs the worker's health URL, data and settings once at start.</summary>
internal sealed partial class WorkerStartupLogger(
    IServer server,
    IHostApplicationLifetime lifetime,
    HostingMode mode,
    IMemoryExtractor extractor,
    IOptions<WorkerOptions> options,
    ILogger<WorkerStartupLogger> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => LogRunning(
            string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []),
            mode.Data,
            options.Value.Workers,
            extractor.Name));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The worker is running. Health: {Addresses}. Data: {Data}. Concurrent conversations: {Workers}. Extractor: {Extractor}")]
    private partial void LogRunning(string addresses, string data, int workers, string extractor);
}
