using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

/// <summary>Promises of <see cref="ILocalModelScheduler"/> within one process.</summary>
public abstract class LocalModelSchedulerContract
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Creates a scheduler with one slot.</summary>
    private protected abstract ILocalModelScheduler Scheduler { get; }

    [Fact]
    public async Task Running_extraction_is_preempted_by_an_answer()
    {
        using var extraction = await Scheduler.EnterExtractionAsync(CancellationToken.None);
        var preempted = new TaskCompletionSource();
        extraction.Preempted.Register(preempted.SetResult);

        using var chat = Scheduler.EnterChat();

        await preempted.Task.WaitAsync(Timeout);
    }

    [Fact]
    public async Task Answer_does_not_wait_for_preemption_callbacks()
    {
        using var extraction = await Scheduler.EnterExtractionAsync(CancellationToken.None);
        using var release = new ManualResetEventSlim();
        extraction.Preempted.Register(() => release.Wait(Timeout));

        var enterChat = Task.Run(Scheduler.EnterChat);

        using var chat = await enterChat.WaitAsync(Timeout / 2);
        release.Set();
    }

    [Fact]
    public async Task Extraction_waits_until_the_last_answer_ends()
    {
        var one = Scheduler.EnterChat();
        var other = Scheduler.EnterChat();
        var extraction = Scheduler.EnterExtractionAsync(CancellationToken.None);

        one.Dispose();
        one.Dispose();

        extraction.IsCompleted.Should().BeFalse();
        other.Dispose();
        using var slot = await extraction.WaitAsync(Timeout);
        slot.Preempted.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Extractions_share_the_slots()
    {
        var first = await Scheduler.EnterExtractionAsync(CancellationToken.None);
        var second = Scheduler.EnterExtractionAsync(CancellationToken.None);

        second.IsCompleted.Should().BeFalse();
        first.Dispose();

        (await second.WaitAsync(Timeout)).Dispose();
    }

    [Fact]
    public async Task Cancelled_wait_does_not_use_a_slot()
    {
        using var cancellation = new CancellationTokenSource();
        var chat = Scheduler.EnterChat();
        var waiting = Scheduler.EnterExtractionAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        chat.Dispose();
        (await Scheduler.EnterExtractionAsync(CancellationToken.None).WaitAsync(Timeout)).Dispose();
    }
}
