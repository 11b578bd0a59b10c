using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>What a prompt with this text would be given from memory.</summary>
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
            .Must(query => !string.IsNullOrWhiteSpace(query) && query.Length <= SearchMemory.QueryMaxLength && Rules.IsStorable(query))
            .Refuse(MemoryErrors.QueryInvalid);
        RuleFor(search => search.BudgetChars).InclusiveBetween(1, SearchMemory.MaxBudget).Refuse(MemoryErrors.BudgetInvalid);
    }
}

internal sealed class SearchMemoryHandler(IJarvisDb db, IMemorySearch search) : IRequestHandler<SearchMemory, Result<IReadOnlyList<MemoryHit>>>
{
    public async Task<Result<IReadOnlyList<MemoryHit>>> Handle(SearchMemory request, CancellationToken cancellationToken)
    {
        // A prompt there would be given nothing.
        if (request.Conversation is { } conversation
            && await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == conversation && row.WithoutMemory, cancellationToken))
        {
            return Result<IReadOnlyList<MemoryHit>>.Success([]);
        }

        var query = new MemoryQuery(request.User, request.Query, request.BudgetChars, request.Conversation, Except: []);

        return Result<IReadOnlyList<MemoryHit>>.Success(await search.SearchAsync(query, cancellationToken));
    }
}
