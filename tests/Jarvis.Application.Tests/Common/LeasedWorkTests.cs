using Jarvis.Application.Common;
using Jarvis.Domain.Discord;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Common;

[Trait("Engine", "both")]
public sealed class LeasedWorkTests : IAsyncLifetime
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private ApplicationFixture useCases = null!;

    private DateTimeOffset Now => useCases.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        useCases = await ApplicationFixture.StartAsync();
        var question = DiscordQuestion.Ask(
            useCases.UserId,
            "1",
            new DiscordScope(DiscordScopeType.Direct, GuildId: null, "2", IsPublic: false),
            ("3", "4", [5]),
            ("Hello", WithMemory: false),
            ("en", "http://localhost"),
            Now,
            Now);
        await useCases.SaveAsync(db => db.DiscordQuestions.Add(question));
    }

    public ValueTask DisposeAsync() => useCases.DisposeAsync();

    [Fact]
    public async Task First_of_two_processes_leases_the_row()
    {
        var leased = new[] { await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default)), await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default)) };

        leased.Should().Equal(true, false);
        (await QuestionAsync())!.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Leased_row_is_due_again_when_its_lease_expires()
    {
        await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default));

        var during = await RowAsync(row => row.Due(Now).CountAsync());
        useCases.Clock.Advance(Length);
        var after = await RowAsync(row => row.Due(Now).CountAsync());

        (during, after).Should().Be((0, 1));
    }

    [Fact]
    public async Task Renewal_keeps_the_lease_and_stores_further_columns()
    {
        await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default));
        var until = Now + (2 * Length);

        var renewed = await RowAsync(row => row.TryRenewAsync(1, until, default, set => set.SetProperty(question => question.PartsSent, 2)));

        renewed.Should().BeTrue();
        var question = await QuestionAsync();
        question!.DueAt.Should().BeCloseTo(until, TimeSpan.FromMilliseconds(1));
        (question.Attempts, question.PartsSent).Should().Be((1, 2));
    }

    [Fact]
    public async Task Process_that_lost_its_lease_neither_renews_nor_completes()
    {
        await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default));
        await RowAsync(row => row.TryLeaseAsync(1, Now + Length, default));

        var renewed = await RowAsync(row => row.TryRenewAsync(1, Now + Length, default));
        await CompleteAsync(attempts: 1);

        renewed.Should().BeFalse();
        (await QuestionAsync()).Should().NotBeNull();
    }

    [Fact]
    public async Task Completed_row_is_deleted()
    {
        await RowAsync(row => row.TryLeaseAsync(0, Now + Length, default));

        await CompleteAsync(attempts: 1);

        (await QuestionAsync()).Should().BeNull();
    }

    private Task<T> RowAsync<T>(Func<IQueryable<DiscordQuestion>, Task<T>> use) => useCases.DbAsync(db => use(db.DiscordQuestions.OwnedBy(useCases.UserId)));

    private async Task CompleteAsync(int attempts) => await RowAsync(async row =>
    {
        await row.CompleteAsync(attempts, default);

        return true;
    });

    private Task<DiscordQuestion?> QuestionAsync() => RowAsync(row => row.AsNoTracking().SingleOrDefaultAsync());
}
