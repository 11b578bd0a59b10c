using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Edits or pins a memory; null values stay unchanged. An edit replaces the original words: memory does not extract them again, and
/// turns and summaries no longer quote them.
/// </summary>
public sealed record EditMemory(UserId User, MemoryItemId Item, string? Content, bool? Pinned) : IRequest<Result>;

internal sealed class EditMemoryValidator : AbstractValidator<EditMemory>
{
    public EditMemoryValidator() =>
        RuleFor(edit => edit.Content)
            .Must(content => !string.IsNullOrWhiteSpace(content) && content.Length <= MemoryItem.ContentMaxLength && content.IsStorable())
            .When(edit => edit.Content is not null)
            .WithAppError(MemoryErrors.ContentInvalid);
}

internal sealed class EditMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs, TimeProvider clock) : IRequestHandler<EditMemory, Result>
{
    public async Task<Result> Handle(EditMemory request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var item = await db.MemoryItems.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Item, cancellationToken);
        if (item is null)
        {
            return MemoryErrors.NotFound;
        }

        IReadOnlyList<ConversationId> changed = [];
        if (request.Content?.Trim() is { } content && content != item.Content)
        {
            var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
            var hash = ContentHash.Compute(content, config.MemoryKey);
            var others = db.MemoryItems.OwnedBy(request.User).Where(row => row.Id != item.Id && row.ValidTo == null);
            if (await others.AnyAsync(row => row.ContentHash == hash, cancellationToken))
            {
                return MemoryErrors.Duplicate;
            }

            var sourcePrompt = await db.Turns.OwnedBy(request.User)
                .Where(turn => turn.Id == item.SourceTurnId)
                .Select(turn => turn.Prompt)
                .SingleOrDefaultAsync(cancellationToken);
            changed = await db.EraseFromTurnsAsync(item, sourcePrompt, cancellationToken);
            db.Tombstones.Add(item.Edit(content, hash, clock.GetUtcNow()));
        }

        item.Pin(request.Pinned ?? item.Pinned);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var conversation in changed)
        {
            await jobs.EnqueueAsync(new MemoryJob(request.User, conversation), cancellationToken);
        }

        return Result.Ok;
    }
}
