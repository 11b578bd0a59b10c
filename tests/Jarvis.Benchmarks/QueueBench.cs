using System.Diagnostics;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.TestSupport.Services;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Benchmarks;

/// <summary>Throughput of the queue alone: the product's worker on a real Redis with empty jobs.</summary>
internal static class QueueBench
{
    private const int Producers = 16;

    public static async Task RunAsync(Scale scale)
    {
        Console.WriteLine($"Memory job queue with empty jobs on a private Redis. {MachineInfo.Describe()}");
        Console.WriteLine();
        await using var redis = await PrivateRedis.StartAsync(RealServices.Shared);
        await RunOnceAsync(redis.ConnectionString, workers: 2, scale.Jobs / 10);
        foreach (var workers in new[] { 2, 8 })
        {
            var runs = new List<(double Queued, double WorkedOff, double Processor)>();
            for (var i = 0; i < scale.Runs; i++)
            {
                runs.Add(await RunOnceAsync(redis.ConnectionString, workers, scale.Jobs));
            }

            Console.WriteLine(
                $"Memory:Workers={workers,-3}{runs.Select(run => run.WorkedOff).Median(),8:F0} jobs /s   "
                + $"queued at {runs.Select(run => run.Queued).Median():F0} /s by {Producers} producers, "
                + $"{1000 * runs.Select(run => run.Processor).Median():F0} µs of processor time per job in this process");
        }
    }

    private static async Task<(double Queued, double WorkedOff, double Processor)> RunOnceAsync(string redis, int workers, int count)
    {
        var mediator = new NullMediator(count);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection([new("Memory:Workers", $"{workers}")]);
        builder.Services.AddRedis(_ => redis);
        builder.Services.AddMemoryQueue(builder.Configuration);
        builder.Services.AddJarvisWorker(builder.Configuration);
        builder.Services.AddSingleton<IDatabaseErrorClassifier, DatabaseErrorClassifier>();
        builder.Services.AddSingleton<IMediator>(mediator);
        using var host = builder.Build();

        var queue = host.Services.GetRequiredService<IMemoryJobQueue>();
        var now = TimeProvider.System.GetUtcNow();
        var jobs = Enumerable.Range(0, count).Select(_ => new MemoryJob(UserId.New(now), ConversationId.New(now))).ToList();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            jobs,
            new ParallelOptions { MaxDegreeOfParallelism = Producers },
            async (job, cancellationToken) => await queue.EnqueueAsync(job, cancellationToken));
        var queued = count / Stopwatch.GetElapsedTime(started).TotalSeconds;

        using var process = Process.GetCurrentProcess();
        var used = process.TotalProcessorTime;
        started = Stopwatch.GetTimestamp();
        await host.StartAsync();
        await mediator.Completed;
        var statistics = host.Services.GetRequiredService<IMemoryQueueStatistics>();
        while (await statistics.ReadAsync(CancellationToken.None) is not { Depth: 0, Running: 0 })
        {
            // The last few jobs are still being completed.
        }

        var throughput = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - used).TotalMilliseconds / count;
        await host.StopAsync();

        return (queued, throughput, processor);
    }
}
