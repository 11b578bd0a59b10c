using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Administration;

/// <summary>Queues a dead-lettered job again, with all its attempts.</summary>
public sealed record RetryDeadLetter(string Letter) : IRequest<Result>;

internal sealed class RetryDeadLetterHandler(IDeadLetters letters, IMemoryJobQueue jobs) : IRequestHandler<RetryDeadLetter, Result>
{
    public async Task<Result> Handle(RetryDeadLetter request, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(request.Letter, cancellationToken) is not { } letter)
        {
            return AdministrationErrors.DeadLetterNotFound;
        }

        if (letter.Job is not { } job)
        {
            return AdministrationErrors.InvalidJob;
        }

        await jobs.RetryAsync(job, cancellationToken);

        return Result.Ok;
    }
}
