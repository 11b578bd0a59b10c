using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class ImportFeederTests : IAsyncDisposable
{
    private readonly IMediator mediator = Substitute.For<IMediator>();
    private readonly IMemoryJobQueue jobs = Substitute.For<IMemoryJobQueue>();
    private readonly IMemoryQueueStatistics queue = Substitute.For<IMemoryQueueStatistics>();
    private readonly FakeTimeProvider clock = new();
    private readonly List<MemoryJob> behind = [.. Enumerable.Range(0, 10).Select(_ => QueueOfATest.AnyJob()).OrderBy(job => job.Conversation)];
    private readonly ServiceProvider services;
    private readonly ImportFeeder feeder;

    public ImportFeederTests()
    {
        services = new ServiceCollection().AddScoped(_ => mediator).BuildServiceProvider();
        feeder = new ImportFeeder(services.GetRequiredService<IServiceScopeFactory>(), jobs, queue, clock, NullLogger<ImportFeeder>.Instance);
        mediator.Send(Arg.Any<ListImportsBehind>(), Arg.Any<CancellationToken>())
            .Returns(call => [.. behind.Where(job => job.Conversation > call.Arg<ListImportsBehind>().After)]);
    }

    public async ValueTask DisposeAsync()
    {
        await feeder.StopAsync(CancellationToken.None);
        feeder.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Only_a_few_are_queued_and_the_oldest_first()
    {
        Waiting(1);

        await feeder.StartAsync(CancellationToken.None);
        await FedAsync(3);

        Queued.Should().Equal(behind.Take(3));
    }

    [Fact]
    public async Task While_others_wait_none_is_queued()
    {
        Waiting(4);
        await feeder.StartAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.ReceivedCalls().Any()), "it looks");

        Queued.Should().BeEmpty();
    }

    [Fact]
    public async Task It_goes_on_past_those_that_stay_behind_and_comes_back_to_them()
    {
        Waiting(0);
        await feeder.StartAsync(CancellationToken.None);

        await FedAsync(20, TimeSpan.FromSeconds(6));

        Queued.Should().StartWith(behind.Concat(behind));
    }

    [Fact]
    public async Task What_fails_is_tried_again()
    {
        queue.ReadAsync(Arg.Any<CancellationToken>()).Returns<MemoryQueueStatistics?>(_ => throw new TimeoutException("Redis"), _ => null, _ => Depth(0));
        await feeder.StartAsync(CancellationToken.None);

        await FedAsync(4, TimeSpan.FromSeconds(6));

        Queued.Should().HaveCountGreaterThanOrEqualTo(4);
    }

    private static MemoryQueueStatistics Depth(long depth) => new(depth, TimeSpan.Zero, Running: 0, Delayed: 0, Dead: 0);

    private List<MemoryJob> Queued =>
        [.. jobs.ReceivedCalls().Where(call => call.GetMethodInfo().Name == nameof(IMemoryJobQueue.EnqueueAsync)).Select(call => (MemoryJob)call.GetArguments()[0]!)];

    private void Waiting(long depth) => queue.ReadAsync(Arg.Any<CancellationToken>()).Returns(Depth(depth));

    private Task FedAsync(int count, TimeSpan step = default) => Eventually.IsTrueAsync(
        () =>
        {
            clock.Advance(step);

            return Task.FromResult(Queued.Count >= count);
        },
        $"{count} are queued");
}
