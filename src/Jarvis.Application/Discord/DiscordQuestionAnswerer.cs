using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Application.Discord;

/// <summary>Answers a question like any chat message. It resumes a question that another process has asked already.</summary>
public sealed class DiscordQuestionAnswerer(IServiceScopeFactory scopes, IDiscordQuestionTexts texts, TimeProvider clock)
{
    private const int LockCount = 64;
    private const int QuoteMaxLength = 300;

    // Two simultaneous questions in one channel must not start two conversations.
    private readonly SemaphoreSlim[] locks = [.. Enumerable.Range(0, LockCount).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Returns the text to post; null if the question must be tried again later.</summary>
    internal async Task<DiscordAnswerText?> AnswerAsync(DiscordQuestion question, CancellationToken cancellationToken)
    {
        var earlier = question.Attempts > 1 ? await scopes.SendAsync(new FindDiscordTurn(question), cancellationToken) : null;
        if (earlier is { Status: TurnStatus.Completed, Response: { } response })
        {
            return FormatAnswer(question, earlier.Conversation, response);
        }

        if (earlier is { Status: TurnStatus.Failed, Failure: { Code: { } code, Message: { } message } } && code != ChatErrors.Abandoned.Code)
        {
            return FormatError(question, earlier.Conversation, texts.For(code, message, earlier.Failure.Arguments));
        }

        if (question.IsExpired(clock.GetUtcNow()))
        {
            return FormatError(question, conversation: null, texts.TooLate);
        }

        var running = earlier is null ? await AskAsync(question, cancellationToken) : await RetryAsync(question, earlier, cancellationToken);
        if (running?.Error is { } error)
        {
            return FormatError(question, conversation: null, texts.For(error));
        }

        return running is null ? null : await WaitAsync(question, running.Value, cancellationToken);
    }

    private async Task<Result<AnswerStream>> AskAsync(DiscordQuestion question, CancellationToken cancellationToken)
    {
        var scopeLock = locks[(uint)HashCode.Combine(question.UserId, question.Scope.Key) % LockCount];
        await scopeLock.WaitAsync(cancellationToken);
        try
        {
            var conversation = await scopes.SendAsync(new FindDiscordConversation(question.UserId, question.Scope), cancellationToken);
            var running = await scopes.SendAsync(
                new AskChat(question.UserId, conversation, question.Prompt, Platform.Discord, PublicAudience: question.HasPublicAudience),
                cancellationToken);
            if (running.Error is null)
            {
                await scopes.SendAsync(new LinkDiscordTurn(question, running.Value.ConversationId, running.Value.TurnId), CancellationToken.None);
            }

            return running;
        }
        finally
        {
            scopeLock.Release();
        }
    }

    // The process that asked before has lost its lease and no longer answers, so this process retries the turn in place.
    private async Task<Result<AnswerStream>?> RetryAsync(DiscordQuestion question, DiscordTurn turn, CancellationToken cancellationToken)
    {
        await scopes.SendAsync(new LinkDiscordTurn(question, turn.Conversation, turn.Id), cancellationToken);
        await scopes.SendAsync(new AbandonTurn(question.UserId, turn.Id), cancellationToken);
        var running = await scopes.SendAsync(new RetryTurn(question.UserId, turn.Id, question.HasPublicAudience), cancellationToken);

        // The turn was answered in the meantime, or this process is answering it; the next attempt finds the answer.
        return running.Error == ChatErrors.TurnNotFailed ? null : running;
    }

    private async Task<DiscordAnswerText?> WaitAsync(DiscordQuestion question, AnswerStream running, CancellationToken cancellationToken)
    {
        var left = question.AskedAt + DiscordQuestion.Lifetime - clock.GetUtcNow();
        try
        {
            var result = await running.Completion.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellationToken);

            return result switch
            {
                { Error: null } => FormatAnswer(question, running.ConversationId, result.Value.Response),

                // This process is stopping or abandoned the answer; the next attempt asks again.
                { Error.Code: var code } when code == ChatErrors.Abandoned.Code => null,
                { Error: var error } => FormatError(question, running.ConversationId, texts.For(error)),
            };
        }
        catch (TimeoutException)
        {
            return FormatError(question, running.ConversationId, texts.StillRunning);
        }
    }

    // Discord shows other people who asked, but not the question.
    private DiscordAnswerText FormatAnswer(DiscordQuestion question, ConversationId conversation, string response)
    {
        var answer = string.IsNullOrWhiteSpace(response) ? texts.EmptyAnswer : response;

        return new DiscordAnswerText(question.IsPublic ? $"> {Quote(question.Prompt)}\n\n{answer}" : answer, LinkTo(question, conversation));
    }

    private DiscordAnswerText FormatError(DiscordQuestion question, ConversationId? conversation, string sentence) => conversation is { } stored
        ? new DiscordAnswerText($"{sentence}\n{texts.SeeConversation(LinkTo(question, stored))}", LinkTo(question, stored))
        : new DiscordAnswerText(sentence, question.Address);

    private static string LinkTo(DiscordQuestion question, ConversationId conversation) => $"{question.Address}/chat/{conversation}";

    private static string Quote(string prompt)
    {
        var line = prompt.CollapseWhitespace();

        return line.Length <= QuoteMaxLength ? line : line.Truncate(QuoteMaxLength) + "…";
    }
}
