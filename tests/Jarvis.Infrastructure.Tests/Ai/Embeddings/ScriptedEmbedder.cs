using System.Collections.Concurrent;
using System.Threading.Channels;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

/// <summary>Embedder whose results the test sets.</summary>
internal sealed class ScriptedEmbedder : ITextEmbedder
{
    private readonly Channel<TaskCompletionSource<EmbeddingResult>> waiting = Channel.CreateUnbounded<TaskCompletionSource<EmbeddingResult>>();

    public bool IsConfigured { get; set; } = true;

    public bool IsLocal => true;

    public string? Model => "scripted/2";

    public ConcurrentQueue<string> Asked { get; } = new();

    public async Task<EmbeddingResult> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<EmbeddingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked.Enqueue(texts.Single());
        waiting.Writer.TryWrite(answer);

        return await answer.Task;
    }

    public Task WaitForCallsAsync(int times) => Eventually.IsTrueAsync(() => Task.FromResult(Asked.Count >= times), $"{times} calls");

    public async Task AnswerNextAsync() =>
        (await NextAsync()).SetResult(EmbeddingResult.Success([new QueryVector(Model!, [1, 0])]));

    public async Task FailNextAsync(EmbeddingFault fault) =>
        (await NextAsync()).SetResult(EmbeddingResult.Failed(fault, "scripted", ServiceFaultMapper.Timeout));

    private async Task<TaskCompletionSource<EmbeddingResult>> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        return await waiting.Reader.ReadAsync(deadline.Token);
    }
}
