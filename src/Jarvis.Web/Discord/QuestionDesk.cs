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
internal sealed partial class QuestionDesk(
    IServiceScopeFactory scopes,
    QuestionAsking asking,
    IDiscordReplies replies,
    InteractionTokens tokens,
    DiscordTexts texts,
    IDatabaseFaults faults,
    TimeProvider clock,
    ILogger<QuestionDesk> logger)
{
    /// <summary>Discord takes no more after an answer where Jarvis was added by a person and not by a server.</summary>
    private const int MostParts = 6;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterAFailure = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DiscordTakesAnswersFor = TimeSpan.FromMinutes(15);

    /// <summary>Discord may hear the answer before it has noted the promise.</summary>
    private static readonly TimeSpan PromiseOnItsWay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    /// <summary>Ends when there is nothing left to do here for now; it never throws.</summary>
    public async Task KeepAsync(AcceptedQuestion accepted, bool isMine, CancellationToken drained)
    {
        try
        {
            if (await SendAsync(new TakeDiscordQuestion(accepted, Lease, isMine)) is { } question)
            {
                DiscordTexts.Speak(question.Language);
                await HoldingAsync(question, drained);
            }
        }
        catch (Exception e) when (faults.IsOutage(e))
        {
            // Its lease ends, and then it is somebody's again.
            LogDatabaseAway(accepted.Id, e.GetBaseException().Message);
        }
#pragma warning disable CA1031 // The one question must not end the work on all others; it is taken on again when its lease ends.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, accepted.Id);
        }
    }

    private async Task HoldingAsync(DiscordQuestion question, CancellationToken drained)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(drained);
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(question, lost, done.Token);
        var restFor = AfterAFailure;
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
                await SendAsync(new HoldDiscordQuestion(question, restFor));
            }
        }
    }

    /// <returns>For how long it is to rest; negative where it is over and done.</returns>
    private async Task<TimeSpan> AnswerAsync(DiscordQuestion question, CancellationToken lost)
    {
        if (tokens.Unprotect(question.Token) is not { } token)
        {
            LogUnreadable(question.Id);

            return await EndAsync(question);
        }

        if (await asking.AnswerAsync(question, lost) is not { } words)
        {
            return AMoment;
        }

        // The person may have taken the account away meanwhile, and then Discord is told nothing more.
        if (!await SendAsync(new HoldDiscordQuestion(question, Lease)))
        {
            return TimeSpan.MinValue;
        }

        var parts = MessageParts.Of(words.Text, MostParts, texts["Discord.Rest", words.Link]);
        for (var part = question.PartsSent; part < parts.Count; part++)
        {
            var reply = new DiscordReply(question.ApplicationId, token, parts[part], question.Scope.IsEphemeral);
            var sent = await (part == 0 ? replies.EditOriginalAsync(reply, lost) : replies.FollowUpAsync(reply, lost));
            if (sent.Error is { } error)
            {
                return await RestAfterAsync(question, error);
            }

            if (!await SendAsync(new HoldDiscordQuestion(question, Lease, part + 1)))
            {
                return TimeSpan.MinValue;
            }
        }

        return await EndAsync(question);
    }

    private async Task<TimeSpan> RestAfterAsync(DiscordQuestion question, Error error)
    {
        var age = clock.GetUtcNow() - question.AskedAt;
        if (age < DiscordTakesAnswersFor && error.Kind is (ErrorKind.Unavailable or ErrorKind.LimitReached))
        {
            return error.RetryAfter ?? AfterAFailure;
        }

        if (error == DiscordErrors.InteractionGone && age < PromiseOnItsWay)
        {
            return AMoment;
        }

        LogUndelivered(question.Id, error.Code);

        return await EndAsync(question);
    }

    private async Task<TimeSpan> EndAsync(DiscordQuestion question)
    {
        await SendAsync(new EndDiscordQuestion(question));

        return TimeSpan.MinValue;
    }

    private async Task RenewAsync(DiscordQuestion question, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(RenewEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (!await SendAsync(new HoldDiscordQuestion(question, Lease)))
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
        catch (Exception e) when (faults.IsOutage(e))
        {
            // Whoever takes it on after that finds the turn, and what was sent.
            LogDatabaseAway(question.Id, e.GetBaseException().Message);
        }
    }

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "Question {Question} from Discord waits for the database: {Reason}")]
    private partial void LogDatabaseAway(DiscordQuestionId question, string reason);

    [LoggerMessage(LogLevel.Error, "Question {Question} from Discord failed unexpectedly; it is taken on again")]
    private partial void LogFailed(Exception exception, DiscordQuestionId question);

    [LoggerMessage(LogLevel.Warning, "Question {Question} from Discord cannot be answered there: the key that its token was protected with is gone")]
    private partial void LogUnreadable(DiscordQuestionId question);

    [LoggerMessage(LogLevel.Warning, "The answer to question {Question} could not be shown in Discord ({Code}); it stands in Jarvis")]
    private partial void LogUndelivered(DiscordQuestionId question, string code);
}
