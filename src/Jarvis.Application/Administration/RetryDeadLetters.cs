using Jarvis.Application.Memories;
using MediatR;

namespace Jarvis.Application.Administration;

/// <summary>Has all jobs done again that were given up: after a mend of what they failed by. Answers with how many.</summary>
public sealed record RetryDeadLetters : IRequest<int>;

internal sealed class RetryDeadLettersHandler(IDeadLetters letters, IMemoryJobQueue jobs) : IRequestHandler<RetryDeadLetters, int>
{
    private const int All = 10_000;

    public async Task<int> Handle(RetryDeadLetters request, CancellationToken cancellationToken)
    {
        var given = (await letters.ListAsync(All, cancellationToken)).Select(letter => letter.Job).OfType<MemoryJob>().ToList();
        foreach (var job in given)
        {
            await jobs.RetryAsync(job, cancellationToken);
        }

        return given.Count;
    }
}
