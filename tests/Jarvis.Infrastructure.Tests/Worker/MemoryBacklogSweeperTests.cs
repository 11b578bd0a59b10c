using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class MemoryBacklogSweeperTests : IAsyncDisposable
{
    private readonly IMediator mediator = Substitute.For<IMediator>();
    private readonly FakeTimeProvider clock = new();
    private readonly ServiceProvider services;
    private readonly MemoryBacklogSweeper sweep;

    public MemoryBacklogSweeperTests()
    {
        services = new ServiceCollection().AddScoped(_ => mediator).BuildServiceProvider();
        sweep = new MemoryBacklogSweeper(services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new WorkerOptions()), clock, NullLogger<MemoryBacklogSweeper>.Instance);
        mediator.Send(Arg.Any<IRequest<Result<int>>>(), Arg.Any<CancellationToken>()).Returns(Result<int>.Success(0));
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.StopAsync(CancellationToken.None);
        sweep.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Sweep_runs_at_start_and_every_minute_for_turns_older_than_30_s()
    {
        var start = clock.GetUtcNow();

        await sweep.StartAsync(CancellationToken.None);
        await WaitForSweepsAsync(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await WaitForSweepsAsync(2);

        await mediator.Received(1).Send<Result<int>>(new EnqueuePendingConversations(start), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new EnqueuePendingConversations(start.AddSeconds(30)), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new FailAbandonedTurns(start.AddSeconds(-15), start.AddMinutes(-15)), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new FailAbandonedTurns(start.AddSeconds(45), start.AddMinutes(-14)), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Sweeps_continue_after_database_errors()
    {
        mediator.Send(Arg.Any<IRequest<Result<int>>>(), Arg.Any<CancellationToken>()).Returns<Result<int>>(_ => throw new TimeoutException("the database"));

        await sweep.StartAsync(CancellationToken.None);
        await WaitForSweepsAsync(1);
        clock.Advance(TimeSpan.FromMinutes(1));

        await WaitForSweepsAsync(2);
        sweep.ExecuteTask!.IsCompleted.Should().BeFalse();
    }

    private Task WaitForSweepsAsync(int times) => Eventually.IsTrueAsync(
        () => Task.FromResult(mediator.ReceivedCalls().Count(call => call.GetArguments()[0] is FailAbandonedTurns) == times),
        $"sweep {times}");
}
