using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.RateLimiting;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.DependencyInjection;
using static Jarvis.Benchmarks.Report;

namespace Jarvis.Benchmarks;

/// <summary>Cost of one rate limit check with the product's limiter on a real Redis.</summary>
internal static class LimitsBench
{
    private const int Subjects = 100;
    private const int CountedChecks = 1_000;

    public static async Task RunAsync(Scale scale)
    {
        Console.WriteLine($"Rate limit checks on a private Redis. {MachineInfo.Describe()}");
        Console.WriteLine();
        await using var redis = await PrivateRedis.StartAsync(RealServices.Shared);
        Row("Redis round trips per check", $"{await CountAsync(redis):F2}", $"counted on the wire in {CountedChecks} checks");
        await using var services = Limiter(redis.ConnectionString);
        await RunOnceAsync(services, callers: 16, scale.RunTime / 3);
        foreach (var callers in new[] { 1, 16, 64 })
        {
            var runs = await RepeatAsync(scale.Runs, () => RunOnceAsync(services, callers, scale.RunTime));
            Row(
                $"Checks, {callers} concurrent",
                $"{runs.Select(run => run.PerSecond).Median():F0} /s",
                $"p50 {runs.Select(run => run.Milliseconds.Percentile(50)).Median():F3} ms, p95 {runs.Select(run => run.Milliseconds.Percentile(95)).Median():F3} ms");
        }

        Console.WriteLine();
        Console.WriteLine($"Medians of {scale.Runs}.");
    }

    private static async Task<double> CountAsync(PrivateRedis redis)
    {
        using var proxy = new TcpProxy(redis.Port, () => new RespRequestReader());
        await using var services = Limiter(redis.ConnectionStringOver(proxy));
        var limiter = services.GetRequiredService<PartitionedRateLimiter<RateLimitRequest>>();
        await limiter.AcquireAsync(Call(0));
        proxy.Clear();
        for (var i = 0; i < CountedChecks; i++)
        {
            await limiter.AcquireAsync(Call(i));
        }

        return (double)proxy.Requests.Count / CountedChecks;
    }

    private static async Task<(double PerSecond, IReadOnlyCollection<double> Milliseconds)> RunOnceAsync(IServiceProvider services, int callers, TimeSpan time)
    {
        var limiter = services.GetRequiredService<PartitionedRateLimiter<RateLimitRequest>>();
        var all = new ConcurrentBag<List<double>>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            for (var i = caller; Stopwatch.GetElapsedTime(started) < time; i += callers)
            {
                var start = Stopwatch.GetTimestamp();
                using var lease = await limiter.AcquireAsync(Call(i));
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            all.Add(own);
        })));
        var milliseconds = all.SelectMany(own => own).ToList();

        return (milliseconds.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, milliseconds);
    }

    private static ServiceProvider Limiter(string redis) => new ServiceCollection()
        .AddLogging()
        .AddRedis(_ => redis)
        .AddRateLimits()
        .BuildServiceProvider();

    private static RateLimitRequest Call(int number) => new("bench", $"{number % Subjects}", Permits: 1_000_000, TimeSpan.FromMinutes(1));
}
