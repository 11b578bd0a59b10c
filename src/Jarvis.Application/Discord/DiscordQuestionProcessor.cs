using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jarvis.Application.Discord;

/// <summary>
/// Leases one question, gets its answer and posts it in Discord, or the reason why Jarvis can't answer. A question that it
/// can't finish stays stored, and any process can lease it again.
/// </summary>
public sealed partial class DiscordQuestionProcessor(
    IServiceScopeFactory scopes,
    DiscordQuestionAnswerer answerer,
    IDiscordInteractionClient replies,
    IInteractionTokenProtector tokens,
    IDiscordQuestionTexts texts,
    IDatabaseErrorClassifier databaseErrors,
    TimeProvider clock,
    ILogger<DiscordQuestionProcessor> logger)
{
    /// <summary>Maximum number of messages that Discord accepts for one answer if a user, and not a server, installed the app.</summary>
    private const int MaxParts = 6;

    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ReplyWindow = TimeSpan.FromMinutes(15);

    /// <summary>Time within which Discord may report an unknown interaction because it has not registered the deferred response yet.</summary>
    private static readonly TimeSpan AcknowledgementDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortDelay = TimeSpan.FromSeconds(1);

    private readonly DiscordQuestionLeases leases = new(scopes, clock);

    /// <summary>Processes the question until it is done or must wait. It never throws.</summary>
    /// <param name="isAcceptedHere">True if this process accepted the question just now and may start before it is due.</param>
    /// <param name="drained">Cancelled when the process must let go of its questions.</param>
    public async Task ProcessAsync(DiscordQuestionKey key, bool isAcceptedHere, CancellationToken drained)
    {
        try
        {
            if (await leases.TryLeaseAsync(key, isAcceptedHere) is { } question)
            {
                texts.UseLanguage(question.Language);
                await ProcessLeasedAsync(question, drained);
            }
        }
        catch (Exception e) when (databaseErrors.IsTransient(e))
        {
            // When the lease expires another process retries.
            LogDatabaseUnavailable(key.Id, e.GetBaseException().Message);
        }
#pragma warning disable CA1031 // One question must not stop the work on the others; it is retried when its lease expires.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, key.Id);
        }
    }

    private async Task ProcessLeasedAsync(DiscordQuestion question, CancellationToken drained)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(drained);
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(question, lost, done.Token);
        TimeSpan? retryDelay = FailureDelay;
        try
        {
            retryDelay = await AnswerAsync(question, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // When stopping, another process can lease it immediately. If another process already has it, the release has no effect.
            retryDelay = TimeSpan.Zero;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
            if (retryDelay is { } delay)
            {
                await leases.ReleaseAsync(question, delay);
            }
        }
    }

    /// <returns>Time until the next attempt; null if there will be none by this process.</returns>
    private async Task<TimeSpan?> AnswerAsync(DiscordQuestion question, CancellationToken lost)
    {
        if (tokens.Unprotect(question.Token) is not { } token)
        {
            LogUnreadable(question.Id);

            return await CompleteAsync(question);
        }

        if (await answerer.AnswerAsync(question, lost) is not { } answer)
        {
            return ShortDelay;
        }

        // The user may have unlinked the account in the meantime; then nothing more is posted in Discord.
        if (!await leases.TryRenewAsync(question))
        {
            return null;
        }

        var parts = MessageSplitter.Split(answer.Text, MaxParts, texts.Truncated(answer.Link));
        for (var part = question.PartsSent; part < parts.Count; part++)
        {
            var reply = new DiscordReply(question.ApplicationId, token, parts[part], question.Scope.IsEphemeral);
            var sent = await (part == 0 ? replies.EditOriginalAsync(reply, lost) : replies.FollowUpAsync(reply, lost));
            if (sent.Error is { } error)
            {
                return await GetRetryDelayAsync(question, error);
            }

            if (!await leases.TryRenewAsync(question, part + 1))
            {
                return null;
            }
        }

        return await CompleteAsync(question);
    }

    private async Task<TimeSpan?> GetRetryDelayAsync(DiscordQuestion question, Error error)
    {
        var age = clock.GetUtcNow() - question.AskedAt;
        if (age < ReplyWindow && error.Kind is (ErrorKind.Unavailable or ErrorKind.LimitReached))
        {
            return error.RetryAfter ?? FailureDelay;
        }

        if (error == DiscordErrors.InteractionExpired && age < AcknowledgementDelay)
        {
            return ShortDelay;
        }

        LogUndelivered(question.Id, error.Code);

        return await CompleteAsync(question);
    }

    private async Task<TimeSpan?> CompleteAsync(DiscordQuestion question)
    {
        await leases.CompleteAsync(question);

        return null;
    }

    private async Task RenewAsync(DiscordQuestion question, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(RenewInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (!await leases.TryRenewAsync(question))
                {
                    await lost.CancelAsync();

                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The work is done.
        }
        catch (Exception e) when (databaseErrors.IsTransient(e))
        {
            // The next process finds the turn and the number of parts sent.
            LogDatabaseUnavailable(question.Id, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Discord question {Question} is waiting for the database: {Reason}")]
    private partial void LogDatabaseUnavailable(DiscordQuestionId question, string reason);

    [LoggerMessage(LogLevel.Error, "Discord question {Question} failed unexpectedly; it will be retried")]
    private partial void LogFailed(Exception exception, DiscordQuestionId question);

    [LoggerMessage(LogLevel.Warning, "Discord question {Question} can't be answered there: the key that protected its token no longer exists")]
    private partial void LogUnreadable(DiscordQuestionId question);

    [LoggerMessage(LogLevel.Warning, "The answer to Discord question {Question} could not be posted ({Code}); it is stored in Jarvis")]
    private partial void LogUndelivered(DiscordQuestionId question, string code);
}
