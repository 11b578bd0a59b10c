using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>The promise is kept, or can be kept no more; nothing of it is needed any longer.</summary>
public sealed record CompleteDiscordQuestion(DiscordQuestion Question) : IRequest<Result>;

internal sealed class CompleteDiscordQuestionHandler(IJarvisDb db) : IRequestHandler<CompleteDiscordQuestion, Result>
{
    public async Task<Result> Handle(CompleteDiscordQuestion request, CancellationToken cancellationToken)
    {
        var (id, attempts) = (request.Question.Id, request.Question.Attempts);
        await db.DiscordQuestions.OwnedBy(request.Question.UserId)
            .Where(row => row.Id == id && row.Attempts == attempts)
            .ExecuteDeleteAsync(cancellationToken);

        return Result.Ok;
    }
}
