using System.Collections.Concurrent;
using System.Threading.Channels;
using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Application.Pipeline;

namespace Jarvis.Web.Discord;

/// <summary>
/// Processes the questions that got a deferred response: those that this process accepted immediately, and at an interval those that
/// no process works on, for example after a crash.
/// </summary>
internal sealed partial class DiscordQuestionWorker(
    DiscordQuestionProcessor processor,
    IServiceScopeFactory scopes,
    IDiscordSettings discord,
    IDatabaseErrorClassifier databaseErrors,
    TimeProvider clock,
    ILogger<DiscordQuestionWorker> logger) : BackgroundService
{
    private const int MaxConcurrency = 64;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(3);

    /// <summary>Running answers finish within ten seconds of a shutdown; the rest is for posting them.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(13);

    private readonly Channel<DiscordQuestionKey> accepted = Channel.CreateUnbounded<DiscordQuestionKey>();
    private readonly ConcurrentDictionary<DiscordQuestionKey, Task> running = [];
    private readonly SemaphoreSlim slots = new(MaxConcurrency);

    /// <summary>Starts a question whose deferred response is sent.</summary>
    public void Enqueue(DiscordQuestionKey question) => accepted.Writer.TryWrite(question);

    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var state = discord.Get();
        LogConfigured(FormatSwitch(state.TakesCommands), FormatSwitch(state.Links), FormatSwitch(state.SendsNotifications));
        if (!state.TakesCommands)
        {
            return;
        }

        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() => drained.CancelAfter(DrainTimeout));
        await Task.WhenAll(StartAcceptedAsync(stoppingToken, drained.Token), SweepAsync(stoppingToken, drained.Token));

        // Running questions finish here; another process leases the others.
        await Task.WhenAll(running.Values);
    }

    private async Task StartAcceptedAsync(CancellationToken stopping, CancellationToken drained)
    {
        try
        {
            await foreach (var question in accepted.Reader.ReadAllAsync(stopping))
            {
                await StartAsync(question, isAcceptedHere: true, stopping, drained);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task SweepAsync(CancellationToken stopping, CancellationToken drained)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        try
        {
            do
            {
                foreach (var question in await ListDueAsync(stopping))
                {
                    await StartAsync(question, isAcceptedHere: false, stopping, drained);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task<IReadOnlyList<DiscordQuestionKey>> ListDueAsync(CancellationToken stopping)
    {
        try
        {
            return await scopes.SendAsync(new ListDueDiscordQuestions(MaxConcurrency), stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!databaseErrors.IsTransient(e))
            {
                LogFailed(e);
            }

            return [];
        }
    }

    private async Task StartAsync(DiscordQuestionKey question, bool isAcceptedHere, CancellationToken stopping, CancellationToken drained)
    {
        await slots.WaitAsync(stopping);
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!running.TryAdd(question, completion.Task))
        {
            // It is running here. It is due only because the lease could not be renewed while the database was unavailable.
            slots.Release();

            return;
        }

        _ = Task.Run(
            async () =>
            {
                await processor.ProcessAsync(question, isAcceptedHere, drained);
                running.TryRemove(question, out _);
                slots.Release();
                completion.SetResult();
            },
            CancellationToken.None);
    }

    private static string FormatSwitch(bool isOn) => isOn ? "on" : "off";

    [LoggerMessage(LogLevel.Information, "Discord: commands {Commands}, linking {Linking}, notifications {Notifications}")]
    private partial void LogConfigured(string commands, string linking, string notifications);

    [LoggerMessage(LogLevel.Warning, "Failed to look for Discord questions; retrying at the next sweep")]
    private partial void LogFailed(Exception exception);
}
