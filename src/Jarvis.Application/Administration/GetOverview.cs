using Jarvis.Application.Accounts;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Administration;

/// <summary>Returns the state of Jarvis for the administrator, without any user content.</summary>
public sealed record GetOverview : IRequest<Overview>;

/// <param name="Queue">Null if Redis is unavailable.</param>
/// <param name="Dead">Newest dead letters.</param>
public sealed record Overview(IReadOnlyList<ExternalService> Systems, MemoryQueueStatistics? Queue, IReadOnlyList<DeadLetterRow> Dead);

/// <param name="Username">Owner of the conversation; null for an invalid payload or a deleted account.</param>
/// <param name="TurnsBehind">Completed turns of the conversation that memory has not processed.</param>
public sealed record DeadLetterRow(DeadLetter Letter, string? Username, int TurnsBehind);

internal sealed class GetOverviewHandler(
    IExternalServices systems,
    IMemoryQueueStatistics queue,
    IDeadLetters letters,
    IAccounts accounts,
    IJarvisDb db) : IRequestHandler<GetOverview, Overview>
{
    private const int MaxDeadLetters = 100;

    public async Task<Overview> Handle(GetOverview request, CancellationToken cancellationToken)
    {
        var statistics = await queue.ReadAsync(cancellationToken);
        var dead = statistics is null ? [] : await TryListAsync(cancellationToken);

        return new Overview(
            await systems.ListAsync(cancellationToken),
            statistics,
            await LoadRowsAsync(dead, cancellationToken));
    }

    // Redis can become unavailable between the two calls.
    private async Task<IReadOnlyList<DeadLetter>> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await letters.ListAsync(MaxDeadLetters, cancellationToken);
        }
        catch (MemoryQueueUnavailableException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<DeadLetterRow>> LoadRowsAsync(IReadOnlyList<DeadLetter> dead, CancellationToken cancellationToken)
    {
        var jobs = dead.Select(letter => letter.Job).OfType<MemoryJob>().ToList();
        if (jobs.Count == 0)
        {
            return [.. dead.Select(letter => new DeadLetterRow(letter, Username: null, TurnsBehind: 0))];
        }

        var names = await accounts.FindNamesAsync([.. jobs.Select(job => job.User).Distinct()], cancellationToken);
        var conversations = jobs.Select(job => job.Conversation).ToList();
        var pending = await db.Turns
            .Where(turn => conversations.Contains(turn.ConversationId) && turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .GroupBy(turn => turn.ConversationId)
            .Select(turns => new { Conversation = turns.Key, Count = turns.Count() })
            .ToDictionaryAsync(row => row.Conversation, row => row.Count, cancellationToken);

        return
        [
            .. dead.Select(letter => letter.Job is { } job
                ? new DeadLetterRow(letter, names.GetValueOrDefault(job.User), pending.GetValueOrDefault(job.Conversation))
                : new DeadLetterRow(letter, Username: null, TurnsBehind: 0)),
        ];
    }
}
