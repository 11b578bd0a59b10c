using System.Collections.Concurrent;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Where answers are written. It works apart from the request that asked: a browser that goes away, or reads slowly, changes
/// nothing about what is stored.
/// </summary>
public sealed partial class AnswerDesk(
    IServiceScopeFactory scopes,
    IMemoryJobQueue jobs,
    TokenCounter tokens,
    TimeProvider clock,
    ILogger<AnswerDesk> logger) : IDisposable
{
    private static readonly TimeSpan[] StoreAgainAfter = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private static readonly TimeSpan StoreLaterEvery = TimeSpan.FromSeconds(5);

    private static readonly string[] AnswerProperties =
    [
        nameof(Turn.Status), nameof(Turn.Response), nameof(Turn.Model), nameof(Turn.UsedTokens), nameof(Turn.FailureCode), nameof(Turn.FailureMessage),
        nameof(Turn.FailureArguments),
    ];

    private readonly ConcurrentDictionary<TurnId, (RunningAnswer Stream, Task Work)> running = [];
    private readonly CancellationTokenSource closing = new();

    /// <summary>Begins to answer a stored, pending turn.</summary>
    internal RunningAnswer Begin(Turn turn, IChatModel model, ModelRequest request, IReadOnlyList<GivenMemory> memories)
    {
        var stream = new RunningAnswer(turn, model.Description.Id, memories);
        var started = new TaskCompletionSource();
        running[turn.Id] = (stream, Task.Run(async () =>
        {
            await started.Task;
            await WriteAsync(stream, turn, model, request);
        }));
        started.SetResult();

        return stream;
    }

    /// <summary>The answer of that turn, while it is being written here.</summary>
    internal RunningAnswer? Find(TurnId turn) => running.TryGetValue(turn, out var answer) ? answer.Stream : null;

    /// <summary>All that are being written here.</summary>
    public IReadOnlyCollection<RunningAnswer> Running => [.. running.Values.Select(answer => answer.Stream)];

    /// <summary>Whether that turn's answer is being written here.</summary>
    public bool TryStop(TurnId turn)
    {
        var answer = Find(turn);
        answer?.Stop();

        return answer is not null;
    }

    public void StopAll(ConversationId conversation)
    {
        foreach (var (stream, _) in running.Values)
        {
            if (stream.ConversationId == conversation)
            {
                stream.Stop();
            }
        }
    }

    /// <summary>Lets running answers finish until <paramref name="deadline"/>, then stores what there is as failed.</summary>
    public async Task CloseAsync(CancellationToken deadline)
    {
        await using var registration = deadline.UnsafeRegister(state => ((CancellationTokenSource)state!).Cancel(), closing);
        await Task.WhenAll(running.Values.Select(answer => answer.Work));
    }

    public void Dispose() => closing.Dispose();

    private async Task WriteAsync(RunningAnswer stream, Turn turn, IChatModel model, ModelRequest request)
    {
        var result = await AnswerAsync(stream, turn, model, request);
        if (result.Error is { } error)
        {
            LogFailed(turn.Id, model.Description.Id, error.Code);
        }

        Mark(turn, result);
        var stored = await StoreAsync(turn, result);
        if (stored.Error == ChatErrors.NotStored)
        {
            // Nobody need wait for it any longer; the answer is worth more patience.
            stream.Finish(stored);
            stored = await StoreLaterAsync(turn, result);
        }

        running.TryRemove(turn.Id, out _);
        stream.Finish(stored);
        if (stored.Error is null && turn.RememberedAt is null)
        {
            await jobs.EnqueueAsync(new MemoryJob(turn.UserId, turn.ConversationId), CancellationToken.None);
        }
    }

    private async Task<Result<CompletedAnswer>> AnswerAsync(RunningAnswer stream, Turn turn, IChatModel model, ModelRequest request)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stream.Stopping, closing.Token);
        try
        {
            await foreach (var step in model.StreamAsync(request, cancellation.Token))
            {
                switch (step)
                {
                    case ModelEvent.Text text:
                        stream.Append(text.Piece);
                        break;
                    case ModelEvent.Failed failed:
                        return failed.Error;
                    case ModelEvent.Finished finished:
                        return Completed(finished.UsedTokens);
                }
            }

            return ChatErrors.Unexpected;
        }
        catch (OperationCanceledException) when (stream.Stopping.IsCancellationRequested)
        {
            return stream.Text().Length > 0 ? Completed(usedTokens: null) : ChatErrors.Stopped;
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return ChatErrors.Abandoned;
        }
#pragma warning disable CA1031 // An adapter's bug must not leave the turn pending for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnexpected(exception, turn.Id);

            return ChatErrors.Unexpected;
        }

        CompletedAnswer Completed(int? usedTokens) =>
            new(Rules.Storable(stream.Text()), model.Description.Id, usedTokens ?? Count(request, stream.Text()));
    }

    private int Count(ModelRequest request, string response) =>
        request.Messages.Sum(message => tokens.Count(message.Text)) + tokens.Count(response);

    private static void Mark(Turn turn, Result<CompletedAnswer> result)
    {
        if (result.Error is { } error)
        {
            turn.Fail(error);
        }
        else
        {
            turn.Complete(result.Value.Response, result.Value.Model, result.Value.UsedTokens);
        }
    }

    private async Task<Result<CompletedAnswer>> StoreAsync(Turn turn, Result<CompletedAnswer> result)
    {
        var stored = await TryStoreAsync(turn, result);
        for (var attempt = 0; stored.Error == ChatErrors.NotStored && attempt < StoreAgainAfter.Length; attempt++)
        {
            await Task.Delay(StoreAgainAfter[attempt], clock);
            stored = await TryStoreAsync(turn, result);
        }

        return stored;
    }

    private async Task<Result<CompletedAnswer>> StoreLaterAsync(Turn turn, Result<CompletedAnswer> result)
    {
        Result<CompletedAnswer> stored = ChatErrors.NotStored;
        while (stored.Error == ChatErrors.NotStored && !closing.IsCancellationRequested)
        {
            await Task.Delay(StoreLaterEvery, clock, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stored = await TryStoreAsync(turn, result);
        }

        return stored;
    }

    private async Task<Result<CompletedAnswer>> TryStoreAsync(Turn turn, Result<CompletedAnswer> result)
    {
        try
        {
            if (await HasStoredAsync(turn, TurnStatus.Pending))
            {
                return result;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
            var found = await db.Turns.OwnedBy(turn.UserId)
                .Where(row => row.Id == turn.Id)
                .Select(row => (TurnStatus?)row.Status)
                .SingleOrDefaultAsync();

            // An earlier attempt stored it, and only its confirmation was lost; or somebody who could not know gave the turn
            // up, and here the answer is. Else it was deleted with its conversation.
            return found == turn.Status || (found == TurnStatus.Failed && await HasStoredAsync(turn, TurnStatus.Failed)) ? result : ChatErrors.TurnNotFound;
        }
#pragma warning disable CA1031 // Whatever the driver throws in an outage: the answer is worth some patience.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotStored(turn.Id, exception.GetBaseException().Message);

            return ChatErrors.NotStored;
        }
    }

    // Without reading the row first; only what an answer changes, and only if the turn is as expected.
    private async Task<bool> HasStoredAsync(Turn turn, TurnStatus expected)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        var entry = db.Turns.Attach(turn);
        entry.Property(row => row.Status).OriginalValue = expected;
        foreach (var changed in AnswerProperties)
        {
            entry.Property(changed).IsModified = true;
        }

        try
        {
            await db.SaveChangesAsync(CancellationToken.None);

            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Turn {Turn} failed with {Model}: {Code}")]
    private partial void LogFailed(TurnId turn, string model, string code);

    [LoggerMessage(LogLevel.Error, "Turn {Turn} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, TurnId turn);

    [LoggerMessage(LogLevel.Warning, "The answer of turn {Turn} could not be stored yet: {Reason}")]
    private partial void LogNotStored(TurnId turn, string reason);
}
