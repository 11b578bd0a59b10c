using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class FailAbandonedTurnsTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task What_a_process_left_behind_can_be_tried_again()
    {
        var turn = await LeaveAsync();

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddSeconds(1), UseCases.Start));

        failed.Value.Should().Be(1);
        (await jarvis.TurnAsync(turn)).FailureCode.Should().Be("chat.abandoned");
        (await jarvis.SendAsync(new RetryTurn(jarvis.Person, turn))).Error.Should().BeNull();
    }

    [Fact]
    public async Task What_was_asked_just_now_may_be_anothers_who_still_works_on_it()
    {
        var turn = await LeaveAsync();

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start, UseCases.Start));

        failed.Value.Should().Be(0);
        (await jarvis.TurnAsync(turn)).Status.Should().Be(TurnStatus.Pending);
    }

    [Fact]
    public async Task What_another_process_says_it_writes_is_left_alone_however_old_it_is()
    {
        var (written, left) = (await LeaveAsync(), await LeaveAsync());
        jarvis.Running.FindAsync(null!, default).ReturnsForAnyArgs(new HashSet<TurnId> { written });

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddDays(1), UseCases.Start.AddDays(1)));

        failed.Value.Should().Be(1);
        (await jarvis.TurnAsync(written)).Status.Should().Be(TurnStatus.Pending);
        (await jarvis.TurnAsync(left)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Where_nobody_else_writes_what_a_process_said_before_it_ended_does_not_count()
    {
        var turn = await LeaveAsync();
        jarvis.Running.FindAsync(null!, default).ReturnsForAnyArgs(new HashSet<TurnId> { turn });

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddSeconds(1), SurelyBefore: null));

        failed.Value.Should().Be(1);
    }

    [Fact]
    public async Task While_nobody_can_tell_who_writes_only_what_is_very_old_is_given_up()
    {
        var turn = await LeaveAsync();
        jarvis.Running.FindAsync(null!, default).ReturnsForAnyArgs((IReadOnlySet<TurnId>?)null);

        var young = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddDays(1), UseCases.Start));
        var old = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddDays(1), UseCases.Start.AddSeconds(1)));

        (young.Value, old.Value).Should().Be((0, 1));
        (await jarvis.TurnAsync(turn)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task What_is_being_answered_here_is_left_alone_and_so_is_what_is_done()
    {
        var done = await jarvis.AskAsync();
        var pause = jarvis.Models.PauseAfter("Wait");
        var running = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var failed = await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddDays(1), UseCases.Start.AddDays(1)));

        failed.Value.Should().Be(0);
        (await jarvis.TurnAsync(running.TurnId)).Status.Should().Be(TurnStatus.Pending);
        (await jarvis.TurnAsync(done.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    private async Task<TurnId> LeaveAsync()
    {
        var conversation = Conversation.Begin(jarvis.Person, Platform.Web, "Hello", UseCases.Start);
        var turn = conversation.Ask("Hello", UseCases.Start);
        await jarvis.SaveAsync(db =>
        {
            db.Conversations.Add(conversation);
            db.Turns.Add(turn);
        });

        return turn.Id;
    }
}
