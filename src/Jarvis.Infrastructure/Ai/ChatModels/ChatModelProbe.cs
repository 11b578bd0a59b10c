using System.Threading.Channels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Looks at every provider at start, every so often, and soon after a failure, so that nobody who asks has to wait for one.</summary>
internal sealed partial class ChatModelProbe(
    ModelProviders providers,
    LocalLlmAvailability local,
    ModelHttp http,
    ServiceHealthTracker tracker,
    IOptions<ChatTimeoutOptions> options,
    IOptions<LocalLlmOptions> localOptions,
    TimeProvider clock,
    ILogger<ChatModelProbe> logger) : BackgroundService
{
    /// <summary>How long one look may take.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> soon = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first look, two seconds after the start at the latest.</summary>
    public Task InitialProbe => looked.Task;

    public void RequestProbe() => soon.Writer.TryWrite(true);

    public async Task ProbeAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(providers.All.Select(provider => ProbeAsync(provider, cancellationToken)));
        local.Available = providers.All
            .Single(provider => provider.Server.Local)
            .Models().Any(model => model.Available && model.Name == localOptions.Value.Model);
        looked.TrySetResult();
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
            looked.TrySetResult();
        }
    }

    private async Task ProbeAsync(ModelProvider provider, CancellationToken cancellationToken)
    {
        var before = provider.IsReachable;
        await provider.ProbeAsync(http, Timeout, clock, cancellationToken);
        Report(provider, before);
        if (provider.IsReachable == before)
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

    // A server that lists its models may fail at every answer: that it answers again is no news while it was not silent.
    private void Report(ModelProvider provider, bool? before)
    {
        if (provider.Fault is not null || before != true)
        {
            tracker.Record(provider.Server.Provider, provider.Server.ModelsUrl, provider.Fault);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(options.Value.ProbeInterval, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await soon.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over: time to look.
        }
    }

    [LoggerMessage(LogLevel.Information, "{Server} is responding ({Provider})")]
    private partial void LogAvailable(string server, string provider);

    [LoggerMessage(LogLevel.Information, "{Server} isn't responding ({Provider})")]
    private partial void LogUnavailable(string server, string provider);
}
