using Jarvis.Application.Accounts;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Jarvis.Web.Rendering;
using MediatR;

namespace Jarvis.Web.Pages.Chat;

/// <summary>Loads the data of the chat page.</summary>
internal sealed class ChatViewBuilder(IMediator mediator, MarkdownRenderer markdown, IErrorText errors)
{
    public async Task<ChatView> NewAsync(UserId user, CancellationToken cancellationToken)
    {
        var earlier = await mediator.Send(new ListConversations(user, Page: 1), cancellationToken);

        return await ViewAsync(user, conversation: null, new TurnPage([], HasMore: false), latest: true, earlier.Total == 0, cancellationToken);
    }

    public async Task<Result<ChatView>> FindAsync(
        UserId user,
        ConversationId conversation,
        TurnId? before,
        TurnId? around,
        CancellationToken cancellationToken)
    {
        var row = await mediator.Send(new FindConversation(user, conversation), cancellationToken);
        if (row.Error is { } conversationError)
        {
            return conversationError;
        }

        var turns = await mediator.Send(new ListTurns(user, conversation, before, Around: around), cancellationToken);
        if (turns.Error is { } turnsError)
        {
            return turnsError;
        }

        return await ViewAsync(user, row.Value, turns.Value, turns.Value.Before is null, first: false, cancellationToken);
    }

    private async Task<ChatView> ViewAsync(
        UserId user,
        ConversationRow? conversation,
        TurnPage turns,
        bool latest,
        bool first,
        CancellationToken cancellationToken)
    {
        var models = await mediator.Send(new ListModels(), cancellationToken);
        var settings = await mediator.Send(new GetSettings(user), cancellationToken);

        return new ChatView(conversation, [.. turns.Items.Select(ToView)], turns.HasMore, latest, models, settings.Model, first) { SpeechSpeed = settings.SpeechSpeed };
    }

    private TurnView ToView(TurnRow turn) => new(
        turn,
        markdown.Render(turn.Response ?? ""),
        turn.Failure is { Code: { } code, Message: { } message } ? errors.For(code, message, turn.Failure.Arguments) : null);
}
