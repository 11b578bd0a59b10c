using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Memories;

public sealed class MemoryStatusTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Theory]
    [InlineData(MemoryJobPhase.Queued, MemoryState.Queued)]
    [InlineData(MemoryJobPhase.Running, MemoryState.Running)]
    [InlineData(MemoryJobPhase.Retrying, MemoryState.Retrying)]
    [InlineData(MemoryJobPhase.Dead, MemoryState.Failed)]
    public async Task The_job_says_how_far_memory_is(MemoryJobPhase phase, MemoryState state)
    {
        var answer = await jarvis.AskAsync();
        jarvis.Jobs.FindAsync(new MemoryJob(jarvis.Person, answer.ConversationId), Arg.Any<CancellationToken>())
            .Returns(new MemoryJobState(phase, "memory.away: The model at X is away.", ["X"]));

        var status = await jarvis.SendAsync(new GetMemoryStatus(jarvis.Person, answer.ConversationId));

        (status.Value.State, status.Value.TurnsBehind, status.Value.Extractor).Should().Be((state, 1, "heuristic"));
        status.Value.LastError.Should().BeEquivalentTo(new MemoryFailure("memory.away", "The model at X is away.", ["X"]));
    }

    [Fact]
    public async Task Without_a_job_it_is_queued_as_long_as_it_is_behind_and_idle_after_that()
    {
        var answer = await jarvis.AskAsync();

        var behind = await jarvis.SendAsync(new GetMemoryStatus(jarvis.Person, answer.ConversationId));
        await RememberAsync(answer.TurnId);
        var caughtUp = await jarvis.SendAsync(new GetMemoryStatus(jarvis.Person, answer.ConversationId));

        (behind.Value.State, behind.Value.TurnsBehind).Should().Be((MemoryState.Queued, 1));
        (caughtUp.Value.State, caughtUp.Value.TurnsBehind).Should().Be((MemoryState.Idle, 0));
    }

    [Fact]
    public async Task A_turn_that_failed_is_nothing_to_catch_up_with()
    {
        var failed = await jarvis.FailAsync();

        var status = await jarvis.SendAsync(new GetMemoryStatus(jarvis.Person, failed.ConversationId));

        (status.Value.State, status.Value.TurnsBehind).Should().Be((MemoryState.Idle, 0));
    }

    [Fact]
    public async Task Of_anothers_conversation_nothing_is_told_and_nothing_retried()
    {
        var answer = await jarvis.AskAsync();
        var other = await jarvis.AddPersonAsync();

        (await jarvis.SendAsync(new GetMemoryStatus(other, answer.ConversationId))).Error.Should().Be(ChatErrors.ConversationNotFound);
        (await jarvis.SendAsync(new RetryMemory(other, answer.ConversationId))).Error.Should().Be(ChatErrors.ConversationNotFound);
        await jarvis.Jobs.DidNotReceive().RetryAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_conversation_that_memory_gave_up_is_queued_again_on_demand()
    {
        var answer = await jarvis.AskAsync();

        var retried = await jarvis.SendAsync(new RetryMemory(jarvis.Person, answer.ConversationId));

        retried.Error.Should().BeNull();
        await jarvis.Jobs.Received().RetryAsync(new MemoryJob(jarvis.Person, answer.ConversationId), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task The_sweep_queues_each_conversation_that_is_behind_once()
    {
        var behind = await jarvis.AskAsync();
        await jarvis.AskAsync("More", behind.ConversationId);
        await RememberAsync((await jarvis.AskAsync("Done")).TurnId);
        await jarvis.FailAsync();
        var swept = jarvis.Clock.GetUtcNow();
        await jarvis.AskAsync("Just now");
        jarvis.Jobs.ClearReceivedCalls();

        var queued = await jarvis.SendAsync(new QueueBehindConversations(swept));

        queued.Value.Should().Be(1);
        await jarvis.Jobs.Received(1).EnqueueAsync(new MemoryJob(jarvis.Person, behind.ConversationId), Arg.Any<CancellationToken>());
        await jarvis.Jobs.ReceivedWithAnyArgs(1).EnqueueAsync(default!, default);
    }

    [Fact]
    public async Task The_sweep_finds_a_summary_that_is_to_be_written_anew()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(answer, "I live in Bern");
        await RememberAsync(answer.TurnId);
        await jarvis.SaveAsync(db => db.ConversationSummaries.Add(ConversationSummary.Of(answer.ConversationId, jarvis.Person, UseCases.Start)));
        await jarvis.SendAsync(new ForgetMemory(jarvis.Person, item.Id));
        jarvis.Jobs.ClearReceivedCalls();

        var queued = await jarvis.SendAsync(new QueueBehindConversations(jarvis.Clock.GetUtcNow()));

        queued.Value.Should().Be(1);
        await jarvis.Jobs.Received(1).EnqueueAsync(new MemoryJob(jarvis.Person, answer.ConversationId), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Of_a_chat_without_memory_it_is_said_that_nothing_is_read_there()
    {
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "I live in Bern", Memory: false))).Value;
        await answer.Completion;
        jarvis.Clock.Advance(TimeSpan.FromMinutes(5));

        var status = (await jarvis.SendAsync(new GetMemoryStatus(jarvis.Person, answer.ConversationId))).Value;
        var queued = await jarvis.SendAsync(new QueueBehindConversations(jarvis.Clock.GetUtcNow()));

        (status.State, status.TurnsBehind, status.WithoutMemory).Should().Be((MemoryState.Idle, 0, true));
        queued.Value.Should().Be(0);
        await jarvis.Jobs.DidNotReceiveWithAnyArgs().EnqueueAsync(default!, default);
    }

    private Task<int> RememberAsync(TurnId id) => jarvis.DbAsync(async db =>
    {
        (await db.Turns.SingleAsync(turn => turn.Id == id)).Remember(UseCases.Start);

        return await db.SaveChangesAsync(CancellationToken.None);
    });
}
