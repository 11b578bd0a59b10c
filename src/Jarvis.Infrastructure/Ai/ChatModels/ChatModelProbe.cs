using System.Threading.Channels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Probes every provider at start, at intervals, and soon after a failure, so that requests never wait for a probe.</summary>
internal sealed partial class ChatModelProbe(
    ModelProviders providers,
    LocalLlmAvailability local,
    ModelHttpClient http,
    ServiceHealthTracker tracker,
    IOptions<ChatTimeoutOptions> options,
    IOptions<LocalLlmOptions> localOptions,
    TimeProvider clock,
    ILogger<ChatModelProbe> logger) : BackgroundService
{
    /// <summary>Timeout of one probe.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> requests = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource initialProbe = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Task that completes with the first probe, at most two seconds after the start.</summary>
    public Task InitialProbe => initialProbe.Task;

    public void RequestProbe() => requests.Writer.TryWrite(true);

    public async Task ProbeAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(providers.All.Select(provider => ProbeAsync(provider, cancellationToken)));
        local.Available = providers.All
            .Single(provider => provider.Server.Local)
            .Models().Any(model => model.Available && model.Name == localOptions.Value.Model);
        initialProbe.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ProbeAllAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            initialProbe.TrySetResult();
        }
    }

    private async Task ProbeAsync(ModelProvider provider, CancellationToken cancellationToken)
    {
        var wasReachable = provider.IsReachable;
        await provider.ProbeAsync(http, Timeout, clock, cancellationToken);
        Report(provider, wasReachable);
        if (provider.IsReachable == wasReachable)
        {
            return;
        }

        if (provider.IsReachable == true)
        {
            LogAvailable(provider.Server.Name, provider.Server.Provider);
        }
        else
        {
            LogUnavailable(provider.Server.Name, provider.Server.Provider);
        }
    }

    // A server that lists its models may still fail every answer. A success is recorded only after the server was unreachable.
    private void Report(ModelProvider provider, bool? wasReachable)
    {
        if (provider.Fault is not null || wasReachable != true)
        {
            tracker.Record(provider.Server.Provider, provider.Server.ModelsUrl, provider.Fault);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(options.Value.ProbeInterval, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await requests.Reader.ReadAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over.
        }
    }

    [LoggerMessage(LogLevel.Information, "{Server} is responding ({Provider})")]
    private partial void LogAvailable(string server, string provider);

    [LoggerMessage(LogLevel.Information, "{Server} isn't responding ({Provider})")]
    private partial void LogUnavailable(string server, string provider);
}
