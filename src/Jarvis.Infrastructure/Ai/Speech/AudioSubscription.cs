namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// One listener's place in a sound that several listen to. Each piece knows the next one only, so what everybody has heard is
/// no longer held.
/// </summary>
internal sealed class AudioSubscription(AudioSubscription.AudioChunk place) : IAsyncEnumerable<ReadOnlyMemory<byte>>, IAsyncEnumerator<ReadOnlyMemory<byte>>
{
    private AudioChunk position = place;
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

    /// <summary>A piece, and in time what comes after it: null after the last, or the exception that broke it off.</summary>
    internal sealed class AudioChunk(ReadOnlyMemory<byte> bytes)
    {
        private readonly TaskCompletionSource<AudioChunk?> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Bytes => bytes;

        public Task<AudioChunk?> Next => next.Task;

        public AudioChunk Add(ReadOnlyMemory<byte> more)
        {
            var added = new AudioChunk(more);
            next.SetResult(added);

            return added;
        }

        public void End() => next.TrySetResult(null);

        public void Break(Exception cause)
        {
            if (next.TrySetException(cause))
            {
                // Whether anybody still listens is not known, and no fault.
                _ = next.Task.Exception;
            }
        }
    }
}
