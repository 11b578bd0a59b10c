using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

public sealed record RenameConversation(UserId User, ConversationId Conversation, string Title) : IRequest<Result>;

internal sealed class RenameConversationValidator : AbstractValidator<RenameConversation>
{
    public RenameConversationValidator() =>
        RuleFor(rename => rename.Title)
            .Must(title => !string.IsNullOrWhiteSpace(title) && title.Length <= Conversation.TitleMaxLength && title.IsStorable())
            .WithAppError(ChatErrors.TitleInvalid);
}

internal sealed class RenameConversationHandler(IJarvisDb db) : IRequestHandler<RenameConversation, Result>
{
    public async Task<Result> Handle(RenameConversation request, CancellationToken cancellationToken)
    {
        var conversation = await db.Conversations.OwnedBy(request.User)
            .SingleOrDefaultAsync(row => row.Id == request.Conversation, cancellationToken);
        if (conversation is null)
        {
            return CommonErrors.ConversationNotFound;
        }

        conversation.Rename(request.Title.Trim());
        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
