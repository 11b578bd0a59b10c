namespace Jarvis.Infrastructure.Speech;

/// <summary>
/// One listener's place in a sound that several listen to. Each piece knows the next one only, so what everybody has heard is
/// no longer held.
/// </summary>
internal sealed class SpeechPieces(SpeechPieces.Piece place) : IAsyncEnumerable<ReadOnlyMemory<byte>>, IAsyncEnumerator<ReadOnlyMemory<byte>>
{
    private Piece place = place;
    private CancellationToken cancellation;

    public ReadOnlyMemory<byte> Current => place.Bytes;

    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        cancellation = cancellationToken;

        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (await place.Next.WaitAsync(cancellation) is not { } next)
        {
            return false;
        }

        place = next;

        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A piece, and in time what comes after it: null after the last, or the exception that broke it off.</summary>
    internal sealed class Piece(ReadOnlyMemory<byte> bytes)
    {
        private readonly TaskCompletionSource<Piece?> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Bytes => bytes;

        public Task<Piece?> Next => next.Task;

        public Piece Add(ReadOnlyMemory<byte> more)
        {
            var added = new Piece(more);
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
