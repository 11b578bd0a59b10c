using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Worker;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class EmbeddingWorkerTests : IAsyncDisposable
{
    private readonly ScriptedEmbedding embedding = new();
    private readonly ObservableTimeProvider clock = new();
    private readonly ListLogger<EmbeddingWorker> log = new();
    private readonly EmbeddingWorker worker;

    public EmbeddingWorkerTests() => worker = new EmbeddingWorker(embedding, new DatabaseErrorClassifier(), clock, log);

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
    }

    [Fact]
    public async Task Worker_exits_when_embeddings_are_off()
    {
        embedding.IsEnabled = false;

        await worker.StartAsync(CancellationToken.None);
        await worker.ExecuteTask!;

        embedding.Rounds.Should().Be(0);
    }

    [Fact]
    public async Task Worker_runs_until_idle_and_then_polls_every_two_seconds()
    {
        embedding.Then(EmbeddingBatchResult.Embedded, EmbeddingBatchResult.Embedded, EmbeddingBatchResult.NothingToDo);

        await worker.StartAsync(CancellationToken.None);

        await ExpectDelaysAsync(2, 2);
        embedding.Rounds.Should().Be(4);
    }

    [Fact]
    public async Task Retry_delay_doubles_up_to_one_minute_during_server_outage()
    {
        embedding.Then(Enumerable.Repeat(EmbeddingBatchResult.ServerUnavailable, 7).Append(EmbeddingBatchResult.Embedded));

        await worker.StartAsync(CancellationToken.None);

        await ExpectDelaysAsync(2, 4, 8, 16, 32, 60, 60, 2);
    }

    [Fact]
    public async Task Database_error_is_logged_once_and_the_worker_continues()
    {
        embedding.Fails = true;
        await worker.StartAsync(CancellationToken.None);
        await ExpectDelaysAsync(2, 4);

        embedding.Fails = false;
        clock.Advance(TimeSpan.FromSeconds(4));
        await clock.WaitForDelaysAsync(3);

        clock.Delays.Last().Should().Be(TimeSpan.FromSeconds(2));
        log.Entries.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
    }

    // Advances the clock only while the worker waits.
    private async Task ExpectDelaysAsync(params int[] seconds)
    {
        for (var i = 0; i < seconds.Length; i++)
        {
            await clock.WaitForDelaysAsync(i + 1);
            clock.Delays.ElementAt(i).Should().Be(TimeSpan.FromSeconds(seconds[i]));
            if (i + 1 < seconds.Length)
            {
                clock.Advance(TimeSpan.FromSeconds(seconds[i]));
            }
        }
    }

    private sealed class ScriptedEmbedding : IEmbeddingBackfill
    {
        private readonly Queue<EmbeddingBatchResult> rounds = [];
        private int count;

        public bool IsEnabled { get; set; } = true;

        public bool Fails { get; set; }

        public int Rounds => Volatile.Read(ref count);

        public void Then(params IEnumerable<EmbeddingBatchResult> next) => next.ToList().ForEach(rounds.Enqueue);

        public Task<EmbeddingBatchResult> EmbedBatchAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref count);
            if (Fails)
            {
                throw new TimeoutException("the database");
            }

            return Task.FromResult(rounds.TryDequeue(out var next) ? next : EmbeddingBatchResult.NothingToDo);
        }

        public Task CountAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
