using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class ImportBacklogSchedulerTests : IAsyncDisposable
{
    private readonly IMediator mediator = Substitute.For<IMediator>();
    private readonly IMemoryJobQueue jobs = Substitute.For<IMemoryJobQueue>();
    private readonly IMemoryQueueStatistics queue = Substitute.For<IMemoryQueueStatistics>();
    private readonly FakeTimeProvider clock = new();
    private readonly List<MemoryJob> pending = [.. Enumerable.Range(0, 10).Select(_ => QueueFixture.AnyJob()).OrderBy(job => job.Conversation)];
    private readonly ServiceProvider services;
    private readonly ImportBacklogScheduler scheduler;

    public ImportBacklogSchedulerTests()
    {
        services = new ServiceCollection().AddScoped(_ => mediator).BuildServiceProvider();
        scheduler = new ImportBacklogScheduler(services.GetRequiredService<IServiceScopeFactory>(), jobs, queue, clock, NullLogger<ImportBacklogScheduler>.Instance);
        mediator.Send(Arg.Any<ListPendingImports>(), Arg.Any<CancellationToken>())
            .Returns(call => [.. pending.Where(job => job.Conversation > call.Arg<ListPendingImports>().After)]);
    }

    public async ValueTask DisposeAsync()
    {
        await scheduler.StopAsync(CancellationToken.None);
        scheduler.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Few_imports_are_queued_at_a_time_oldest_first()
    {
        SetQueueDepth(1);

        await scheduler.StartAsync(CancellationToken.None);
        await WaitForEnqueuedAsync(3);

        Queued.Should().Equal(pending.Take(3));
    }

    [Fact]
    public async Task Imports_are_not_queued_while_other_jobs_wait()
    {
        SetQueueDepth(4);
        await scheduler.StartAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.ReceivedCalls().Any()), "the scheduler reads the queue");

        Queued.Should().BeEmpty();
    }

    [Fact]
    public async Task Imports_that_stay_pending_are_queued_again_after_the_others()
    {
        SetQueueDepth(0);
        await scheduler.StartAsync(CancellationToken.None);

        await WaitForEnqueuedAsync(20, TimeSpan.FromSeconds(6));

        Queued.Should().StartWith(pending.Concat(pending));
    }

    [Fact]
    public async Task Failed_statistics_read_is_retried()
    {
        queue.ReadAsync(Arg.Any<CancellationToken>()).Returns<MemoryQueueStatistics?>(_ => throw new TimeoutException("Redis"), _ => null, _ => Depth(0));
        await scheduler.StartAsync(CancellationToken.None);

        await WaitForEnqueuedAsync(4, TimeSpan.FromSeconds(6));

        Queued.Should().HaveCountGreaterThanOrEqualTo(4);
    }

    private static MemoryQueueStatistics Depth(long depth) => new(depth, TimeSpan.Zero, Running: 0, Delayed: 0, Dead: 0);

    private List<MemoryJob> Queued =>
        [.. jobs.ReceivedCalls().Where(call => call.GetMethodInfo().Name == nameof(IMemoryJobQueue.EnqueueAsync)).Select(call => (MemoryJob)call.GetArguments()[0]!)];

    private void SetQueueDepth(long depth) => queue.ReadAsync(Arg.Any<CancellationToken>()).Returns(Depth(depth));

    private Task WaitForEnqueuedAsync(int count, TimeSpan step = default) => Eventually.IsTrueAsync(
        () =>
        {
            clock.Advance(step);

            return Task.FromResult(Queued.Count >= count);
        },
        $"{count} are queued");
}
