using System.Threading.Channels;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.ChatModels;

/// <summary>Looks at every provider at start, every so often, and soon after a failure, so that nobody who asks has to wait for one.</summary>
internal sealed partial class ChatModelProbe(
    ModelProviders providers,
    LocalLlmAvailability local,
    ModelHttp http,
    OutsideJournal journal,
    IOptions<ChatTimeoutOptions> options,
    IOptions<LocalLlmOptions> localOptions,
    TimeProvider clock,
    ILogger<ChatModelProbe> logger) : BackgroundService
{
    /// <summary>How long one look may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> soon = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first look, two seconds after the start at the latest.</summary>
    public Task FirstLook => looked.Task;

    public void LookSoon() => soon.Writer.TryWrite(true);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(providers.All.Select(provider => LookAtAsync(provider, cancellationToken)));
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
                await LookAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            looked.TrySetResult();
        }
    }

    private async Task LookAtAsync(ModelProvider provider, CancellationToken cancellationToken)
    {
        var before = provider.Answers;
        await provider.LookAsync(http, Patience, clock, cancellationToken);
        Note(provider, before);
        if (provider.Answers == before)
        {
            return;
        }

        if (provider.Answers == true)
        {
            LogThere(provider.Server.Name, provider.Server.Provider);
        }
        else
        {
            LogAway(provider.Server.Name, provider.Server.Provider);
        }
    }

    // A server that lists its models may fail at every answer: that it answers again is no news while it was not silent.
    private void Note(ModelProvider provider, bool? before)
    {
        if (provider.Fault is not null || before != true)
        {
            journal.Note(provider.Server.Provider, provider.Server.ModelsUrl, provider.Fault);
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

    [LoggerMessage(LogLevel.Information, "{Server} answers ({Provider})")]
    private partial void LogThere(string server, string provider);

    [LoggerMessage(LogLevel.Information, "{Server} does not answer ({Provider})")]
    private partial void LogAway(string server, string provider);
}
