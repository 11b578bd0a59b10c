using System.Collections.Concurrent;
using System.Threading.Channels;
using Jarvis.Infrastructure.Embeddings;
using Jarvis.Infrastructure.Outside;
using Jarvis.Testing.Services;

namespace Jarvis.Infrastructure.Tests.Embeddings;

/// <summary>Answers when it is told to.</summary>
internal sealed class ScriptedEmbedder : ITextEmbedder
{
    private readonly Channel<TaskCompletionSource<EmbeddingAnswer>> waiting = Channel.CreateUnbounded<TaskCompletionSource<EmbeddingAnswer>>();

    public bool IsConfigured { get; set; } = true;

    public bool IsLocal => true;

    public string? Model => "scripted/2";

    public ConcurrentQueue<string> Asked { get; } = new();

    public async Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<EmbeddingAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked.Enqueue(texts.Single());
        waiting.Writer.TryWrite(answer);

        return await answer.Task;
    }

    public Task AskedAsync(int times) => Eventually.IsTrueAsync(() => Task.FromResult(Asked.Count >= times), $"{times} calls");

    public async Task AnswerNextAsync() =>
        (await NextAsync()).SetResult(EmbeddingAnswer.Of([new QueryVector(Model!, [1, 0])]));

    public async Task FailNextAsync(EmbeddingFault fault) =>
        (await NextAsync()).SetResult(EmbeddingAnswer.Failed(fault, "scripted", OutsideFaults.Silent));

    private async Task<TaskCompletionSource<EmbeddingAnswer>> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        return await waiting.Reader.ReadAsync(deadline.Token);
    }
}
