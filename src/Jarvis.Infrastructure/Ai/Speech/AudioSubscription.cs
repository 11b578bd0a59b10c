namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Position of one listener in a shared audio stream. Each chunk references only the next one, so that the garbage collector frees
/// the chunks that all listeners have read.
/// </summary>
internal sealed class AudioSubscription(AudioSubscription.AudioChunk start) : IAsyncEnumerable<ReadOnlyMemory<byte>>, IAsyncEnumerator<ReadOnlyMemory<byte>>
{
    private AudioChunk position = start;
    private CancellationToken cancellation;

    public ReadOnlyMemory<byte> Current => position.Bytes;

    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        cancellation = cancellationToken;

        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (await position.Next.WaitAsync(cancellation) is not { } next)
        {
            return false;
        }

        position = next;

        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>One chunk and the task of the next one, which returns null after the last chunk or throws if the stream broke.</summary>
    internal sealed class AudioChunk(ReadOnlyMemory<byte> bytes)
    {
        private readonly TaskCompletionSource<AudioChunk?> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Bytes => bytes;

        public Task<AudioChunk?> Next => next.Task;

        public AudioChunk Add(ReadOnlyMemory<byte> nextBytes)
        {
            var added = new AudioChunk(nextBytes);
            next.SetResult(added);

            return added;
        }

        public void End() => next.TrySetResult(null);

        public void Break(Exception cause)
        {
            if (next.TrySetException(cause))
            {
                // Marks the exception as observed, because a listener may not exist any more.
                _ = next.Task.Exception;
            }
        }
    }
}
