using Jarvis.Application.Common;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;

namespace Jarvis.Web.Discord;

/// <summary>
/// Keeps one promise: has the question answered, and sends the answer, or the reason why there is none. It holds the question by a
/// lease meanwhile; where it must let go of it, the question stays for the next one.
/// </summary>
internal sealed partial class QuestionProcessor(
    IServiceScopeFactory scopes,
    QuestionAnswerer asking,
    IDiscordInteractionClient replies,
    InteractionTokens tokens,
    DiscordTexts texts,
    IDatabaseErrorClassifier faults,
    TimeProvider clock,
    ILogger<QuestionProcessor> logger)
{
    /// <summary>Discord takes no more after an answer where Jarvis was added by a person and not by a server.</summary>
    private const int MaxParts = 6;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ReplyWindow = TimeSpan.FromMinutes(15);

    /// <summary>Discord may hear the answer before it has noted the promise.</summary>
    private static readonly TimeSpan AcknowledgementDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortDelay = TimeSpan.FromSeconds(1);

    /// <summary>Ends when there is nothing left to do here for now; it never throws.</summary>
    public async Task ProcessAsync(DiscordQuestionKey accepted, bool ownsLease, CancellationToken drained)
    {
        try
        {
            if (await SendAsync(new LeaseDiscordQuestion(accepted, Lease, ownsLease)) is { } question)
            {
                DiscordTexts.SetCulture(question.Language);
                await KeepLeaseAsync(question, drained);
            }
        }
        catch (Exception e) when (faults.IsTransient(e))
        {
            // Its lease ends, and then it is somebody's again.
            LogDatabaseUnavailable(accepted.Id, e.GetBaseException().Message);
        }
#pragma warning disable CA1031 // The one question must not end the work on all others; it is taken on again when its lease ends.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, accepted.Id);
        }
    }

    private async Task KeepLeaseAsync(DiscordQuestion question, CancellationToken drained)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(drained);
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(question, lost, done.Token);
        var restFor = FailureDelay;
        try
        {
            restFor = await AnswerAsync(question, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Stopped: the next process has it at once. Or it is another's already, and then letting go changes nothing.
            restFor = TimeSpan.Zero;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
            if (restFor >= TimeSpan.Zero)
            {
                await SendAsync(new RenewDiscordQuestionLease(question, restFor));
            }
        }
    }

    /// <returns>For how long it is to rest; negative where it is over and done.</returns>
    private async Task<TimeSpan> AnswerAsync(DiscordQuestion question, CancellationToken lost)
    {
        if (tokens.Unprotect(question.Token) is not { } token)
        {
            LogUnreadable(question.Id);

            return await CompleteAsync(question);
        }

        if (await asking.AnswerAsync(question, lost) is not { } words)
        {
            return ShortDelay;
        }

        // The person may have taken the account away meanwhile, and then Discord is told nothing more.
        if (!await SendAsync(new RenewDiscordQuestionLease(question, Lease)))
        {
            return TimeSpan.MinValue;
        }

        var parts = MessageSplitter.Split(words.Text, MaxParts, texts["Discord.Rest", words.Link]);
        for (var part = question.PartsSent; part < parts.Count; part++)
        {
            var reply = new DiscordReply(question.ApplicationId, token, parts[part], question.Scope.IsEphemeral);
            var sent = await (part == 0 ? replies.EditOriginalAsync(reply, lost) : replies.FollowUpAsync(reply, lost));
            if (sent.Error is { } error)
            {
                return await RetryDelayAfter(question, error);
            }

            if (!await SendAsync(new RenewDiscordQuestionLease(question, Lease, part + 1)))
            {
                return TimeSpan.MinValue;
            }
        }

        return await CompleteAsync(question);
    }

    private async Task<TimeSpan> RetryDelayAfter(DiscordQuestion question, Error error)
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

    private async Task<TimeSpan> CompleteAsync(DiscordQuestion question)
    {
        await SendAsync(new CompleteDiscordQuestion(question));

        return TimeSpan.MinValue;
    }

    private async Task RenewAsync(DiscordQuestion question, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(RenewInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (!await SendAsync(new RenewDiscordQuestionLease(question, Lease)))
                {
                    await lost.CancelAsync();

                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // Nothing to hold any more.
        }
        catch (Exception e) when (faults.IsTransient(e))
        {
            // Whoever takes it on after that finds the turn, and what was sent.
            LogDatabaseUnavailable(question.Id, e.GetBaseException().Message);
        }
    }

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, CancellationToken.None);
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
