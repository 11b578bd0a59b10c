using Jarvis.Application.Common;
using Jarvis.Domain.Discord;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Application.Discord;

/// <summary>Leases of Discord questions. Each statement has a scope of its own, because renewals run beside the work.</summary>
internal sealed class DiscordQuestionLeases(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>Leases a question. Returns null if another process has the lease, or the question is done.</summary>
    /// <param name="isAcceptedHere">True if the caller accepted the question just now and may start before it is due.</param>
    public async Task<DiscordQuestion?> TryLeaseAsync(DiscordQuestionKey key, bool isAcceptedHere)
    {
        await using var scope = scopes.CreateAsyncScope();
        var row = Row(scope, key);
        var now = clock.GetUtcNow();
        var question = await row.AsNoTracking().SingleOrDefaultAsync();
        if (question is null || !(question.DueAt <= now || (isAcceptedHere && question.Attempts == 0)))
        {
            return null;
        }

        return await row.TryLeaseAsync(question.Attempts, now + Length, CancellationToken.None) ? question.LeasedUntil(now + Length) : null;
    }

    /// <summary>Extends the lease. Returns false if the caller lost it: another process has it, or the user unlinked the account.</summary>
    /// <param name="partsSent">Number of posted parts of the answer; null if it has not changed.</param>
    public Task<bool> TryRenewAsync(DiscordQuestion question, int? partsSent = null) =>
        UpdateAsync(question, Length, partsSent is null ? null : set => set.SetProperty(row => row.PartsSent, partsSent.Value));

    /// <summary>Releases the question until its next attempt.</summary>
    public Task ReleaseAsync(DiscordQuestion question, TimeSpan delay) => UpdateAsync(question, delay);

    /// <summary>Deletes a question that is answered, or can no longer be answered in Discord.</summary>
    public async Task CompleteAsync(DiscordQuestion question)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Row(scope, new(question.UserId, question.Id)).CompleteAsync(question.Attempts, CancellationToken.None);
    }

    private async Task<bool> UpdateAsync(DiscordQuestion question, TimeSpan dueIn, Action<UpdateSettersBuilder<DiscordQuestion>>? also = null)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await Row(scope, new(question.UserId, question.Id)).TryRenewAsync(question.Attempts, clock.GetUtcNow() + dueIn, CancellationToken.None, also);
    }

    private static IQueryable<DiscordQuestion> Row(AsyncServiceScope scope, DiscordQuestionKey key)
    {
        var db = scope.ServiceProvider.GetRequiredService<IJarvisDb>();

        return db.DiscordQuestions.OwnedBy(key.User).Where(row => row.Id == key.Id);
    }
}
