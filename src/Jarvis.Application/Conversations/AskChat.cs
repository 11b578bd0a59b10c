using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Adds a prompt to a conversation, or starts one. When the request returns, the prompt is stored and the answer is being
/// generated.
/// </summary>
/// <param name="Memory">
/// False starts a conversation without memory. The first message decides; later values must be null or the same.
/// </param>
/// <param name="PublicAudience">
/// Other people read the answer too. The prompt then excludes memory and earlier answers that used memory. Memory still processes
/// the turn.
/// </param>
public sealed record AskChat(
    UserId User,
    ConversationId? Conversation,
    string Prompt,
    Platform Platform = Platform.Web,
    bool? Memory = null,
    bool PublicAudience = false)
    : IRequest<Result<AnswerStream>>;

internal sealed class AskChatValidator : AbstractValidator<AskChat>
{
    public AskChatValidator() =>
        RuleFor(ask => ask.Prompt)
            .Cascade(CascadeMode.Stop)
            .Must(prompt => !string.IsNullOrWhiteSpace(prompt)).WithAppError(ChatErrors.EmptyPrompt)
            .MaximumLength(Turn.PromptMaxLength).WithAppError(ChatErrors.PromptTooLong)
            .Must(TextExtensions.IsStorable).WithAppError(ChatErrors.UnstorablePrompt);
}

internal sealed class AskChatHandler(IJarvisDb db, ChatContextLoader contextLoader, AnswerGenerator generator, TimeProvider clock)
    : IRequestHandler<AskChat, Result<AnswerStream>>
{
    public async Task<Result<AnswerStream>> Handle(AskChat request, CancellationToken cancellationToken)
    {
        var loaded = await contextLoader.LoadAsync(request.User, request.Conversation, before: null, request.Prompt, request.Memory, request.PublicAudience, cancellationToken);
        if (loaded.Error is { } error)
        {
            return error;
        }

        var context = loaded.Value;
        var now = clock.GetUtcNow();
        var conversation = context.Conversation is { } found ? db.Conversations.Attach(found).Entity : StartConversation(request, now);
        var turn = conversation.Ask(request.Prompt, now);
        turn.RecordMemories(context.MemoryUsage, context.Citations);
        db.Turns.Add(turn);
        await db.SaveChangesAsync(cancellationToken);

        return generator.Start(turn, context.Model, context.Request, context.Memories);
    }

    private Conversation StartConversation(AskChat request, DateTimeOffset now)
    {
        var conversation = Conversation.Start(request.User, request.Platform, request.Prompt, now, withoutMemory: request.Memory == false);
        db.Conversations.Add(conversation);

        return conversation;
    }
}
