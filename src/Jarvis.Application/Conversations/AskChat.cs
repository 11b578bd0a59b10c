using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;

namespace Jarvis.Application.Conversations;

/// <summary>Asks in a conversation, or begins one. When it answers, the prompt is stored and the answer is on its way.</summary>
/// <param name="Memory">
/// False begins a chat without memory. It is chosen with the first message: later, null and what was chosen are the same.
/// </param>
/// <param name="Overheard">
/// Others read the answer too: memory is not asked for it, and what memory gave to earlier answers is not told. What is said is
/// remembered as ever.
/// </param>
public sealed record AskChat(
    UserId User,
    ConversationId? Conversation,
    string Prompt,
    Platform Platform = Platform.Web,
    bool? Memory = null,
    bool Overheard = false)
    : IRequest<Result<AnswerStream>>;

internal sealed class AskChatValidator : AbstractValidator<AskChat>
{
    public AskChatValidator() =>
        RuleFor(ask => ask.Prompt)
            .Cascade(CascadeMode.Stop)
            .Must(prompt => !string.IsNullOrWhiteSpace(prompt)).WithAppError(ChatErrors.EmptyPrompt)
            .MaximumLength(Turn.PromptMaxLength).WithAppError(ChatErrors.PromptTooLong)
            .Must(ValidationExtensions.IsStorable).WithAppError(ChatErrors.UnstorablePrompt);
}

internal sealed class AskChatHandler(IJarvisDb db, ChatContextLoader preparation, AnswerGenerator generator, TimeProvider clock)
    : IRequestHandler<AskChat, Result<AnswerStream>>
{
    public async Task<Result<AnswerStream>> Handle(AskChat request, CancellationToken cancellationToken)
    {
        var prepared = await preparation.LoadAsync(request.User, request.Conversation, before: null, request.Prompt, request.Memory, request.Overheard, cancellationToken);
        if (prepared.Error is { } error)
        {
            return error;
        }

        var answer = prepared.Value;
        var now = clock.GetUtcNow();
        var conversation = answer.Conversation is { } found ? db.Conversations.Attach(found).Entity : StartConversation(request, now);
        var turn = conversation.Ask(request.Prompt, now);
        turn.RecordMemories(answer.MemoryUsage, answer.Citations);
        db.Turns.Add(turn);
        await db.SaveChangesAsync(cancellationToken);

        return generator.Start(turn, answer.Model, answer.Request, answer.Memories);
    }

    private Conversation StartConversation(AskChat request, DateTimeOffset now)
    {
        var conversation = Conversation.Start(request.User, request.Platform, request.Prompt, now, withoutMemory: request.Memory == false);
        db.Conversations.Add(conversation);

        return conversation;
    }
}
