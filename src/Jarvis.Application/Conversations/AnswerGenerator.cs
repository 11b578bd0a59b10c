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
/// Generates answers independently of the requests that start them. A disconnected or slow browser does not affect the stored
/// answer.
/// </summary>
public sealed partial class AnswerGenerator(
    IServiceScopeFactory scopes,
    IMemoryJobQueue jobs,
    TokenCounter tokens,
    TimeProvider clock,
    ILogger<AnswerGenerator> logger) : IDisposable
{
    private static readonly TimeSpan[] StoreRetryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private static readonly TimeSpan StoreRetryInterval = TimeSpan.FromSeconds(5);

    private static readonly string[] AnswerProperties = [nameof(Turn.Status), nameof(Turn.Response), nameof(Turn.Model), nameof(Turn.UsedTokens)];

    private readonly ConcurrentDictionary<TurnId, (AnswerStream Stream, Task Work)> running = [];
    private readonly CancellationTokenSource closing = new();

    /// <summary>Starts to generate the answer to a stored, pending turn.</summary>
    internal AnswerStream Start(Turn turn, IChatModel model, ModelRequest request, IReadOnlyList<CitedMemory> memories)
    {
        var stream = new AnswerStream(turn, model.Description.Id, memories);
        var started = new TaskCompletionSource();
        running[turn.Id] = (stream, Task.Run(async () =>
        {
            await started.Task;
            await RunAsync(stream, turn, model, request);
        }));
        started.SetResult();

        return stream;
    }

    /// <summary>Returns the answer stream of the turn while this process generates the answer; otherwise null.</summary>
    internal AnswerStream? Find(TurnId turn) => running.TryGetValue(turn, out var answer) ? answer.Stream : null;

    /// <summary>Answers that this process is generating.</summary>
    public IReadOnlyCollection<AnswerStream> Running => [.. running.Values.Select(answer => answer.Stream)];

    /// <summary>Returns true if this process was generating the answer.</summary>
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

    /// <summary>Lets running answers finish until <paramref name="deadline"/>, then stores the remaining turns as failed.</summary>
    public async Task CloseAsync(CancellationToken deadline)
    {
        await using var registration = deadline.UnsafeRegister(state => ((CancellationTokenSource)state!).Cancel(), closing);
        await Task.WhenAll(running.Values.Select(answer => answer.Work));
    }

    public void Dispose() => closing.Dispose();

    private async Task RunAsync(AnswerStream stream, Turn turn, IChatModel model, ModelRequest request)
    {
        var result = await GenerateAsync(stream, turn, model, request);
        if (result.Error is { } error)
        {
            LogFailed(turn.Id, model.Description.Id, error.Code);
        }

        ApplyResult(turn, result);
        var stored = await StoreAsync(turn, result);
        if (stored.Error == ChatErrors.NotStored)
        {
            // Release the readers first, then keep retrying to store the answer.
            stream.Finish(stored);
            stored = await RetryStoreAsync(turn, result);
        }

        running.TryRemove(turn.Id, out _);
        stream.Finish(stored);
        if (stored.Error is null && turn.RememberedAt is null)
        {
            await jobs.EnqueueAsync(new MemoryJob(turn.UserId, turn.ConversationId), CancellationToken.None);
        }
    }

    private async Task<Result<GeneratedAnswer>> GenerateAsync(AnswerStream stream, Turn turn, IChatModel model, ModelRequest request)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stream.StopToken, closing.Token);
        try
        {
            await foreach (var step in model.StreamAsync(request, cancellation.Token))
            {
                switch (step)
                {
                    case ModelEvent.Text text:
                        stream.Append(text.Delta);
                        break;
                    case ModelEvent.Failed failed:
                        return failed.Error;
                    case ModelEvent.Finished finished:
                        return ToResult(finished.UsedTokens);
                }
            }

            return ChatErrors.Unexpected;
        }
        catch (OperationCanceledException) when (stream.StopToken.IsCancellationRequested)
        {
            return stream.Text().Length > 0 ? ToResult(usedTokens: null) : ChatErrors.Stopped;
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return ChatErrors.Abandoned;
        }
#pragma warning disable CA1031 // A bug in an adapter must not leave the turn pending.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnexpected(exception, turn.Id);

            return ChatErrors.Unexpected;
        }

        GeneratedAnswer ToResult(int? usedTokens) =>
            new(stream.Text().ReplaceUnstorable(), model.Description.Id, usedTokens ?? RecordMetrics(request, stream.Text()));
    }

    private int RecordMetrics(ModelRequest request, string response) =>
        request.Messages.Sum(message => tokens.Count(message.Text)) + tokens.Count(response);

    private static void ApplyResult(Turn turn, Result<GeneratedAnswer> result)
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

    private async Task<Result<GeneratedAnswer>> StoreAsync(Turn turn, Result<GeneratedAnswer> result)
    {
        var stored = await TryStoreAsync(turn, result);
        for (var attempt = 0; stored.Error == ChatErrors.NotStored && attempt < StoreRetryDelays.Length; attempt++)
        {
            await Task.Delay(StoreRetryDelays[attempt], clock);
            stored = await TryStoreAsync(turn, result);
        }

        return stored;
    }

    private async Task<Result<GeneratedAnswer>> RetryStoreAsync(Turn turn, Result<GeneratedAnswer> result)
    {
        Result<GeneratedAnswer> stored = ChatErrors.NotStored;
        while (stored.Error == ChatErrors.NotStored && !closing.IsCancellationRequested)
        {
            await Task.Delay(StoreRetryInterval, clock, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stored = await TryStoreAsync(turn, result);
        }

        return stored;
    }

    private async Task<Result<GeneratedAnswer>> TryStoreAsync(Turn turn, Result<GeneratedAnswer> result)
    {
        try
        {
            if (await UpdateAsync(turn, TurnStatus.Pending))
            {
                return result;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
            var found = await db.Turns.OwnedBy(turn.UserId)
                .Where(row => row.Id == turn.Id)
                .Select(row => (TurnStatus?)row.Status)
                .SingleOrDefaultAsync();

            // Either an earlier attempt stored the answer and its confirmation was lost, or another process marked the turn as
            // failed too early, which the answer corrects. Otherwise the turn was deleted with its conversation.
            return found == turn.Status || (found == TurnStatus.Failed && await UpdateAsync(turn, TurnStatus.Failed)) ? result : ChatErrors.TurnNotFound;
        }
#pragma warning disable CA1031 // The exception depends on the driver. Any failure is retried, so that the answer is not lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotStored(turn.Id, exception.GetBaseException().Message);

            return ChatErrors.NotStored;
        }
    }

    // Updates only the columns that an answer changes, and only if the stored status is still the expected one. It does not read
    // the row. Saving through the context, unlike a bulk update, also updates the search index in the same transaction.
    private async Task<bool> UpdateAsync(Turn turn, TurnStatus expected)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();
        var entry = db.Turns.Attach(turn);
        entry.Property(row => row.Status).OriginalValue = expected;
        foreach (var changed in AnswerProperties)
        {
            entry.Property(changed).IsModified = true;
        }

        entry.ComplexProperty(row => row.Failure).IsModified = true;
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

    [LoggerMessage(LogLevel.Warning, "Failed to store the answer to turn {Turn}; retrying: {Reason}")]
    private partial void LogNotStored(TurnId turn, string reason);
}
