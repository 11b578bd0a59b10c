using System.Collections.Concurrent;
using System.Threading.Channels;
using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using MediatR;

namespace Jarvis.Web.Discord;

/// <summary>
/// Takes on the questions that Discord was promised answers to: at once those that were accepted here, and every so often those that
/// nobody is at work on, whatever became of who was.
/// </summary>
internal sealed partial class DiscordQuestionWorker(
    QuestionProcessor generator,
    IServiceScopeFactory scopes,
    IDiscordSettings discord,
    IDatabaseErrorClassifier faults,
    TimeProvider clock,
    ILogger<DiscordQuestionWorker> logger) : BackgroundService
{
    private const int MaxConcurrency = 64;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(3);

    /// <summary>Answers that are being written finish within ten seconds, and then they have to go out.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(13);

    private readonly Channel<DiscordQuestionKey> accepted = Channel.CreateUnbounded<DiscordQuestionKey>();
    private readonly ConcurrentDictionary<DiscordQuestionKey, Task> running = [];
    private readonly SemaphoreSlim places = new(MaxConcurrency);

    /// <summary>Discord has been given the promise.</summary>
    public void Enqueue(DiscordQuestionKey question) => accepted.Writer.TryWrite(question);

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var set = discord.Get();
        LogSet(Word(set.TakesCommands), Word(set.Links), Word(set.SendsNotifications));
        if (!set.TakesCommands)
        {
            return;
        }

        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() => drained.CancelAfter(DrainTimeout));
        await Task.WhenAll(TakeAcceptedAsync(stoppingToken, drained.Token), SweepAsync(stoppingToken, drained.Token));

        // What waits is another process's, and what runs ends here.
        await Task.WhenAll(running.Values);
    }

    private async Task TakeAcceptedAsync(CancellationToken stopping, CancellationToken drained)
    {
        try
        {
            await foreach (var question in accepted.Reader.ReadAllAsync(stopping))
            {
                await StartAsync(question, ownsLease: true, stopping, drained);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task SweepAsync(CancellationToken stopping, CancellationToken drained)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        try
        {
            do
            {
                foreach (var question in await DueAsync(stopping))
                {
                    await StartAsync(question, ownsLease: false, stopping, drained);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task<IReadOnlyList<DiscordQuestionKey>> DueAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();

            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListDueDiscordQuestions(MaxConcurrency), stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!faults.IsTransient(e))
            {
                LogFailed(e);
            }

            return [];
        }
    }

    private async Task StartAsync(DiscordQuestionKey question, bool ownsLease, CancellationToken stopping, CancellationToken drained)
    {
        await places.WaitAsync(stopping);
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!running.TryAdd(question, work.Task))
        {
            // It runs here already; that it is due means only that the database was away for a while.
            places.Release();

            return;
        }

        _ = Task.Run(
            async () =>
            {
                await generator.ProcessAsync(question, ownsLease, drained);
                running.TryRemove(question, out _);
                places.Release();
                work.SetResult();
            },
            CancellationToken.None);
    }

    private static string Word(bool isOn) => isOn ? "on" : "off";

    [LoggerMessage(LogLevel.Information, "Discord: commands {Commands}, linking {Linking}, notices {Notices}")]
    private partial void LogSet(string commands, string linking, string notices);

    [LoggerMessage(LogLevel.Warning, "Failed to look for Discord questions; retrying at the next sweep")]
    private partial void LogFailed(Exception exception);
}
