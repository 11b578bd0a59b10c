using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Returns the memories that a prompt with this text would use.</summary>
public sealed record SearchMemory(UserId User, string Query, int BudgetChars = MemoryQuery.DefaultBudget, ConversationId? Conversation = null)
    : IRequest<Result<IReadOnlyList<MemoryHit>>>
{
    public const int QueryMaxLength = Turn.PromptMaxLength;
    public const int MaxBudget = 100_000;
}

internal sealed class SearchMemoryValidator : AbstractValidator<SearchMemory>
{
    public SearchMemoryValidator()
    {
        RuleFor(search => search.Query)
            .Must(query => !string.IsNullOrWhiteSpace(query) && query.Length <= SearchMemory.QueryMaxLength && query.IsStorable())
            .WithAppError(MemoryErrors.QueryInvalid);
        RuleFor(search => search.BudgetChars).InclusiveBetween(1, SearchMemory.MaxBudget).WithAppError(MemoryErrors.BudgetInvalid);
    }
}

internal sealed class SearchMemoryHandler(IJarvisDb db, IMemorySearch search) : IRequestHandler<SearchMemory, Result<IReadOnlyList<MemoryHit>>>
{
    public async Task<Result<IReadOnlyList<MemoryHit>>> Handle(SearchMemory request, CancellationToken cancellationToken)
    {
        var asker = await (
            from config in db.UserConfigs.OwnedBy(request.User)
            from conversation in db.Conversations.OwnedBy(request.User).Where(row => row.Id == request.Conversation).DefaultIfEmpty()
            select new { config.LocalModelsOnly, WithoutMemory = conversation != null && conversation.WithoutMemory }).SingleAsync(cancellationToken);
        if (asker.WithoutMemory)
        {
            // A prompt in this conversation would not use memory.
            return Result<IReadOnlyList<MemoryHit>>.Success([]);
        }

        var query = new MemoryQuery(request.User, request.Query, request.BudgetChars, request.Conversation, Except: []) { LocalOnly = asker.LocalModelsOnly };

        return Result<IReadOnlyList<MemoryHit>>.Success(await search.SearchAsync(query, cancellationToken));
    }
}
