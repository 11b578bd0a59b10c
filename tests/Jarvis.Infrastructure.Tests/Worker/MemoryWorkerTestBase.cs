using System.Data.Common;
using System.Diagnostics.Metrics;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Worker;

/// <summary>Runs a <see cref="MemoryWorker"/> over a scripted queue and a substituted mediator.</summary>
public abstract class MemoryWorkerTestBase : IAsyncDisposable
{
    private protected static readonly MemoryQueueUnavailableException Unavailable = new("unavailable", new TimeoutException());

    // Limits the wait if the code is broken.
    private protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private protected readonly IMediator mediator = Substitute.For<IMediator>();
    private protected readonly IAdminNotifier notifier = Substitute.For<IAdminNotifier>();
    private protected readonly ScriptedQueue queue = new();
    private protected readonly FakeTimeProvider clock = new();
    private protected readonly ServiceProvider services;
    private protected readonly WorkerHealth health;
    private protected readonly MemoryWorker worker;

    protected MemoryWorkerTestBase()
    {
        mediator.Send(Arg.Any<RebuildSummary>(), Arg.Any<CancellationToken>()).Returns(Result.Ok);
        services = new ServiceCollection().AddMetrics().AddScoped(_ => mediator).BuildServiceProvider();
        health = new WorkerHealth(clock);
        worker = new MemoryWorker(
            queue,
            new MemoryJobProcessor(
                services.GetRequiredService<IServiceScopeFactory>(),
                queue,
                new DatabaseErrorClassifier(),
                notifier,
                new WorkerMetrics(services.GetRequiredService<IMeterFactory>()),
                clock,
                NullLogger<MemoryJobProcessor>.Instance),
            health,
            Options.Create(new WorkerOptions { Workers = 1 }),
            clock,
            NullLogger<MemoryWorker>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(Deadline);
        await worker.StopAsync(timeout.Token);
        worker.Dispose();
        await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static Result<bool> TurnsLeft => true;

    private protected static Result<bool> Conflict => new Error(ErrorKind.Conflict, "memory.overtaken", $"Overtaken.");

    private protected static Result<bool> NoTurnsLeft => false;

    private protected Task<Result<bool>> AnyExtraction() => mediator.Send(Arg.Any<ExtractMemory>(), Arg.Any<CancellationToken>());

    private protected void MakeExtractionHang() => AnyExtraction().Returns(async call =>
    {
        await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());

        return NoTurnsLeft;
    });

    private protected Task StartAsync() => worker.ExecuteTask is null ? worker.StartAsync(CancellationToken.None) : Task.CompletedTask;

    private protected async Task RunJobAsync()
    {
        await StartAsync();
        var ended = queue.Outcomes.Count;
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Outcomes.Count > ended && health.State == WorkerState.Waiting), "the job ends");
    }

    private protected sealed class DatabaseUnavailableException : DbException
    {
        public override bool IsTransient => true;
    }
}
