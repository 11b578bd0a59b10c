using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.TestSupport.Output;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

public sealed class QueueRestartTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("jarvis-garnet-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Waiting_running_and_delayed_jobs_survive_embedded_Redis_restart()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1), RetryDelay = TimeSpan.FromMilliseconds(50) };
        MemoryJob[] jobs = [AnyJob(), AnyJob(), AnyJob()];
        await using (var before = new RestartableGarnet(directory.FullName))
        {
            await before.InitializeAsync();
            using var queue = await StartAsync(before, "restart", options);
            await queue.EnqueueAsync(jobs[0]);
            await queue.FailAsync(await queue.TakeAsync());
            await queue.EnqueueAsync(jobs[1]);
            await queue.TakeAsync();
            await queue.EnqueueAsync(jobs[2]);
        }

        await using var after = new RestartableGarnet(directory.FullName);
        await after.InitializeAsync();
        using var restarted = await StartAsync(after, "restart", options);
        var taken = new[] { await restarted.TakeAsync(), await restarted.TakeAsync(), await restarted.TakeAsync() };

        taken.Select(leased => leased.Job).Should().BeEquivalentTo(jobs);
    }

    private sealed class RestartableGarnet(string directory) : RedisFixture
    {
        private EmbeddedGarnet? garnet;

        public override ValueTask DisposeAsync()
        {
            garnet?.Dispose();

            return base.DisposeAsync();
        }

        protected override Task<string> StartAsync()
        {
            garnet = EmbeddedRedisPassword.Register(EmbeddedGarnet.Start(directory, CapturedLogs.Factory));

            return Task.FromResult(garnet.ConnectionString);
        }
    }
}
