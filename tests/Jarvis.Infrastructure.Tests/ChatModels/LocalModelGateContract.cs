using Jarvis.Infrastructure.ChatModels;

namespace Jarvis.Infrastructure.Tests.ChatModels;

/// <summary>What <see cref="ILocalModelGate"/> promises to those who use it within one process.</summary>
public abstract class LocalModelGateContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>With one slot.</summary>
    private protected abstract ILocalModelGate Gate { get; }

    [Fact]
    public async Task A_running_extraction_is_asked_to_give_way_to_an_answer()
    {
        using var extraction = await Gate.EnterExtractionAsync(CancellationToken.None);
        var preempted = new TaskCompletionSource();
        extraction.Preempted.Register(preempted.SetResult);

        using var chat = Gate.EnterChat();

        await preempted.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_what_an_extraction_does_on_its_way_out()
    {
        using var extraction = await Gate.EnterExtractionAsync(CancellationToken.None);
        using var leaving = new ManualResetEventSlim();
        extraction.Preempted.Register(() => leaving.Wait(Patience));

        var entering = Task.Run(Gate.EnterChat);

        using var chat = await entering.WaitAsync(Patience / 2);
        leaving.Set();
    }

    [Fact]
    public async Task No_extraction_begins_until_the_last_answer_is_whole()
    {
        var one = Gate.EnterChat();
        var other = Gate.EnterChat();
        var extraction = Gate.EnterExtractionAsync(CancellationToken.None);

        one.Dispose();
        one.Dispose();

        extraction.IsCompleted.Should().BeFalse();
        other.Dispose();
        using var slot = await extraction.WaitAsync(Patience);
        slot.Preempted.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Extractions_share_the_slots()
    {
        var first = await Gate.EnterExtractionAsync(CancellationToken.None);
        var second = Gate.EnterExtractionAsync(CancellationToken.None);

        second.IsCompleted.Should().BeFalse();
        first.Dispose();

        (await second.WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_slot_along()
    {
        using var cancellation = new CancellationTokenSource();
        var chat = Gate.EnterChat();
        var waiting = Gate.EnterExtractionAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        chat.Dispose();
        (await Gate.EnterExtractionAsync(CancellationToken.None).WaitAsync(Patience)).Dispose();
    }
}
