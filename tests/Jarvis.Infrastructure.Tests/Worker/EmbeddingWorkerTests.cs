using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Worker;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class EmbeddingWorkerTests : IAsyncDisposable
{
    private readonly ScriptedEmbedding embedding = new();
    private readonly WatchedClock clock = new();
    private readonly ListLogger<EmbeddingWorker> log = new();
    private readonly EmbeddingWorker worker;

    public EmbeddingWorkerTests() => worker = new EmbeddingWorker(embedding, new DatabaseFaults(), clock, log);

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
    }

    [Fact]
    public async Task Without_a_server_it_ends_at_once()
    {
        embedding.IsOn = false;

        await worker.StartAsync(CancellationToken.None);
        await worker.ExecuteTask!;

        embedding.Rounds.Should().Be(0);
    }

    [Fact]
    public async Task It_goes_on_while_there_is_something_to_do_and_then_looks_every_two_seconds()
    {
        embedding.Then(EmbeddingRound.Embedded, EmbeddingRound.Embedded, EmbeddingRound.NothingToDo);

        await worker.StartAsync(CancellationToken.None);

        await WaitsAsync(2, 2);
        embedding.Rounds.Should().Be(4);
    }

    [Fact]
    public async Task While_the_server_is_away_it_asks_ever_more_seldom_up_to_a_minute_until_it_is_back()
    {
        embedding.Then(Enumerable.Repeat(EmbeddingRound.ServerAway, 7).Append(EmbeddingRound.Embedded));

        await worker.StartAsync(CancellationToken.None);

        await WaitsAsync(2, 4, 8, 16, 32, 60, 60, 2);
    }

    [Fact]
    public async Task A_database_in_trouble_is_told_once_and_ends_nothing()
    {
        embedding.Fails = true;
        await worker.StartAsync(CancellationToken.None);
        await WaitsAsync(2, 4);

        embedding.Fails = false;
        clock.Advance(TimeSpan.FromSeconds(4));
        await clock.WaitedAsync(3);

        clock.Waits.Last().Should().Be(TimeSpan.FromSeconds(2));
        log.Entries.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
    }

    // Time goes on only when the worker waits for it.
    private async Task WaitsAsync(params int[] seconds)
    {
        for (var i = 0; i < seconds.Length; i++)
        {
            await clock.WaitedAsync(i + 1);
            clock.Waits.ElementAt(i).Should().Be(TimeSpan.FromSeconds(seconds[i]));
            if (i + 1 < seconds.Length)
            {
                clock.Advance(TimeSpan.FromSeconds(seconds[i]));
            }
        }
    }

    private sealed class ScriptedEmbedding : IMemoryEmbedding
    {
        private readonly Queue<EmbeddingRound> rounds = [];
        private int count;

        public bool IsOn { get; set; } = true;

        public bool Fails { get; set; }

        public int Rounds => Volatile.Read(ref count);

        public void Then(params IEnumerable<EmbeddingRound> next) => next.ToList().ForEach(rounds.Enqueue);

        public Task<EmbeddingRound> EmbedSomeAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref count);
            if (Fails)
            {
                throw new TimeoutException("the database");
            }

            return Task.FromResult(rounds.TryDequeue(out var next) ? next : EmbeddingRound.NothingToDo);
        }

        public Task CountAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
