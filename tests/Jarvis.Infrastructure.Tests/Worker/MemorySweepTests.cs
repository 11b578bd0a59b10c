using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Testing.Services;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class MemorySweepTests : IAsyncDisposable
{
    private readonly IMediator mediator = Substitute.For<IMediator>();
    private readonly FakeTimeProvider clock = new();
    private readonly ServiceProvider services;
    private readonly MemorySweep sweep;

    public MemorySweepTests()
    {
        services = new ServiceCollection().AddScoped(_ => mediator).BuildServiceProvider();
        sweep = new MemorySweep(services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new WorkerOptions()), clock, NullLogger<MemorySweep>.Instance);
        mediator.Send(Arg.Any<IRequest<Result<int>>>(), Arg.Any<CancellationToken>()).Returns(Result<int>.Success(0));
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.StopAsync(CancellationToken.None);
        sweep.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task It_sweeps_all_at_start_and_then_every_minute_what_is_half_a_minute_old()
    {
        var start = clock.GetUtcNow();

        await sweep.StartAsync(CancellationToken.None);
        await SweptAsync(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await SweptAsync(2);

        await mediator.Received(1).Send<Result<int>>(new QueueBehindConversations(start), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new QueueBehindConversations(start.AddSeconds(30)), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new FailAbandonedTurns(start.AddSeconds(-15), start.AddMinutes(-15)), Arg.Any<CancellationToken>());
        await mediator.Received(1).Send<Result<int>>(new FailAbandonedTurns(start.AddSeconds(45), start.AddMinutes(-14)), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_database_in_trouble_ends_neither_this_sweep_nor_the_next()
    {
        mediator.Send(Arg.Any<IRequest<Result<int>>>(), Arg.Any<CancellationToken>()).Returns<Result<int>>(_ => throw new TimeoutException("the database"));

        await sweep.StartAsync(CancellationToken.None);
        await SweptAsync(1);
        clock.Advance(TimeSpan.FromMinutes(1));

        await SweptAsync(2);
        sweep.ExecuteTask!.IsCompleted.Should().BeFalse();
    }

    private Task SweptAsync(int times) => Eventually.IsTrueAsync(
        () => Task.FromResult(mediator.ReceivedCalls().Count(call => call.GetArguments()[0] is FailAbandonedTurns) == times),
        $"sweep {times}");
}
