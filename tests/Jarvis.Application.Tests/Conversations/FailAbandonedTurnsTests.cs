using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class FailAbandonedTurnsTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Turn_abandoned_by_a_process_can_be_retried()
    {
        var turn = await AbandonTurnAsync();

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddSeconds(1), ApplicationFixture.Start));

        failed.Value.Should().Be(1);
        (await jarvis.TurnAsync(turn)).Failure.Code.Should().Be("chat.abandoned");
        (await jarvis.SendAsync(new RetryTurn(jarvis.UserId, turn))).Error.Should().BeNull();
    }

    [Fact]
    public async Task Recently_asked_turn_stays_pending()
    {
        var turn = await AbandonTurnAsync();

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start, ApplicationFixture.Start));

        failed.Value.Should().Be(0);
        (await jarvis.TurnAsync(turn)).Status.Should().Be(TurnStatus.Pending);
    }

    [Fact]
    public async Task Turn_active_in_another_process_stays_pending_at_any_age()
    {
        var (written, abandoned) = (await AbandonTurnAsync(), await AbandonTurnAsync());
        jarvis.ActiveAnswers.FindAsync(null!, default).ReturnsForAnyArgs(new HashSet<TurnId> { written });

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddDays(1), ApplicationFixture.Start.AddDays(1)));

        failed.Value.Should().Be(1);
        (await jarvis.TurnAsync(written)).Status.Should().Be(TurnStatus.Pending);
        (await jarvis.TurnAsync(abandoned)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Active_answer_registry_is_ignored_when_no_other_process_runs()
    {
        var turn = await AbandonTurnAsync();
        jarvis.ActiveAnswers.FindAsync(null!, default).ReturnsForAnyArgs(new HashSet<TurnId> { turn });

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddSeconds(1), ForceBefore: null));

        failed.Value.Should().Be(1);
    }

    [Fact]
    public async Task Unavailable_registry_lets_only_very_old_turns_fail()
    {
        var turn = await AbandonTurnAsync();
        jarvis.ActiveAnswers.FindAsync(null!, default).ReturnsForAnyArgs((IReadOnlySet<TurnId>?)null);

        var recent = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddDays(1), ApplicationFixture.Start));
        var old = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddDays(1), ApplicationFixture.Start.AddSeconds(1)));

        (recent.Value, old.Value).Should().Be((0, 1));
        (await jarvis.TurnAsync(turn)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Turns_running_here_or_completed_are_not_changed()
    {
        var completed = await jarvis.AskAsync();
        var pause = jarvis.Models.PauseAfter("Wait");
        var running = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddDays(1), ApplicationFixture.Start.AddDays(1)));

        failed.Value.Should().Be(0);
        (await jarvis.TurnAsync(running.TurnId)).Status.Should().Be(TurnStatus.Pending);
        (await jarvis.TurnAsync(completed.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    private async Task<TurnId> AbandonTurnAsync()
    {
        var conversation = Conversation.Start(jarvis.UserId, Platform.Web, "Hello", ApplicationFixture.Start);
        var turn = conversation.Ask("Hello", ApplicationFixture.Start);
        await jarvis.SaveAsync(db =>
        {
            db.Conversations.Add(conversation);
            db.Turns.Add(turn);
        });

        return turn.Id;
    }
}
