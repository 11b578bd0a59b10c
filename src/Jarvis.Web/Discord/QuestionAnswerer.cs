using Jarvis.Application.Conversations;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;

namespace Jarvis.Web.Discord;

/// <summary>Has a question answered as everywhere else in Jarvis, also one that another process had asked already.</summary>
internal sealed class QuestionAnswerer(IServiceScopeFactory scopes, DiscordTexts texts, TimeProvider clock)
{
    private const int Stripes = 64;
    private const int QuoteLength = 300;

    // Two questions at once from the same place must not begin two conversations.
    private readonly SemaphoreSlim[] beginning = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>What is to stand in Discord; null where it cannot be said yet.</summary>
    public async Task<DiscordMessageText?> AnswerAsync(DiscordQuestion question, CancellationToken cancellationToken)
    {
        var earlier = question.Attempts > 1 ? await SendAsync(new FindDiscordTurn(question), cancellationToken) : null;
        if (earlier is { Status: TurnStatus.Completed, Response: { } response })
        {
            return Answer(question, earlier.Conversation, response);
        }

        if (earlier is { Status: TurnStatus.Failed, Failure: { Code: { } code, Message: { } message } } && code != ChatErrors.Abandoned.Code)
        {
            return FormatError(question, earlier.Conversation, texts.For(code, message, earlier.Failure.Arguments));
        }

        if (question.IsExpired(clock.GetUtcNow()))
        {
            return FormatError(question, conversation: null, texts["Discord.TooLate"]);
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
        var stripe = beginning[(uint)HashCode.Combine(question.UserId, question.Scope.Key) % Stripes];
        await stripe.WaitAsync(cancellationToken);
        try
        {
            var conversation = await SendAsync(new FindDiscordConversation(question.UserId, question.Scope), cancellationToken);
            var running = await SendAsync(
                new AskChat(question.UserId, conversation, question.Prompt, Platform.Discord, PublicAudience: question.HasPublicAudience),
                cancellationToken);
            if (running.Error is null)
            {
                await SendAsync(new LinkDiscordTurn(question, running.Value.ConversationId, running.Value.TurnId), CancellationToken.None);
            }

            return running;
        }
        finally
        {
            stripe.Release();
        }
    }

    // Whoever asked it before holds the question no more, and so answers no more: the turn is asked again in its place.
    private async Task<Result<AnswerStream>?> RetryAsync(DiscordQuestion question, DiscordTurn turn, CancellationToken cancellationToken)
    {
        await SendAsync(new LinkDiscordTurn(question, turn.Conversation, turn.Id), cancellationToken);
        await SendAsync(new AbandonTurn(question.UserId, turn.Id), cancellationToken);
        var running = await SendAsync(new RetryTurn(question.UserId, turn.Id, question.HasPublicAudience), cancellationToken);

        // It is answered after all, or just now by this process: the next look shows.
        return running.Error == ChatErrors.TurnNotFailed ? null : running;
    }

    private async Task<DiscordMessageText?> WaitAsync(DiscordQuestion question, AnswerStream running, CancellationToken cancellationToken)
    {
        var left = question.AskedAt + DiscordQuestion.Lifetime - clock.GetUtcNow();
        try
        {
            var result = await running.Completion.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellationToken);

            return result switch
            {
                { Error: null } => Answer(question, running.ConversationId, result.Value.Response),

                // This process ends, or did not answer for other reasons of its own; the next look asks again.
                { Error.Code: var code } when code == ChatErrors.Abandoned.Code => null,
                { Error: var error } => FormatError(question, running.ConversationId, texts.For(error)),
            };
        }
        catch (TimeoutException)
        {
            return FormatError(question, running.ConversationId, texts["Discord.TakesLong"]);
        }
    }

    // Others see who asked, and not what.
    private DiscordMessageText Answer(DiscordQuestion question, ConversationId conversation, string response)
    {
        var answer = string.IsNullOrWhiteSpace(response) ? texts["Discord.EmptyAnswer"] : response;

        return new DiscordMessageText(question.IsPublic ? $"> {Quote(question.Prompt)}\n\n{answer}" : answer, LinkTo(question, conversation));
    }

    private DiscordMessageText FormatError(DiscordQuestion question, ConversationId? conversation, string sentence) => conversation is { } stored
        ? new DiscordMessageText($"{sentence}\n{texts["Discord.SeeThere", LinkTo(question, stored)]}", LinkTo(question, stored))
        : new DiscordMessageText(sentence, question.Address);

    private static string LinkTo(DiscordQuestion question, ConversationId conversation) => $"{question.Address}/chat/{conversation}";

    private static string Quote(string prompt)
    {
        var line = prompt.CollapseWhitespace();

        return line.Length <= QuoteLength ? line : line.Truncate(QuoteLength) + "…";
    }

    private async Task<T> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
