using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Lists the questions of all users that no process has leased, the oldest first.</summary>
public sealed record ListDueDiscordQuestions(int Limit) : IRequest<IReadOnlyList<DiscordQuestionKey>>;

internal sealed class ListDueDiscordQuestionsHandler(IJarvisDb db, TimeProvider clock)
    : IRequestHandler<ListDueDiscordQuestions, IReadOnlyList<DiscordQuestionKey>>
{
    public async Task<IReadOnlyList<DiscordQuestionKey>> Handle(ListDueDiscordQuestions request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return await db.DiscordQuestions
            .Due(now)
            .Take(request.Limit)
            .Select(question => new DiscordQuestionKey(question.UserId, question.Id))
            .ToListAsync(cancellationToken);
    }
}
