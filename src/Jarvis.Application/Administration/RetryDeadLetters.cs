using Jarvis.Application.Memories;
using MediatR;

namespace Jarvis.Application.Administration;

/// <summary>Queues all dead-lettered jobs again, for example after their cause was fixed. Returns the number of jobs.</summary>
public sealed record RetryDeadLetters : IRequest<int>;

internal sealed class RetryDeadLettersHandler(IDeadLetters letters, IMemoryJobQueue jobs) : IRequestHandler<RetryDeadLetters, int>
{
    private const int All = 10_000;

    public async Task<int> Handle(RetryDeadLetters request, CancellationToken cancellationToken)
    {
        var failed = (await letters.ListAsync(All, cancellationToken)).Select(letter => letter.Job).OfType<MemoryJob>().ToList();
        foreach (var job in failed)
        {
            await jobs.RetryAsync(job, cancellationToken);
        }

        return failed.Count;
    }
}
