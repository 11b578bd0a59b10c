using System.Diagnostics.CodeAnalysis;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>One synthesis that several listeners share. It is cancelled only when the last listener leaves.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds no resources, and the last listener may cancel it after the end.")]
internal sealed class SharedSynthesis
{
    private readonly string name;
    private readonly Lock sync = new();
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource<Result<AudioHead>> head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AudioSubscription.AudioChunk? first;
    private AudioSubscription.AudioChunk last;
    private int listeners;
    private bool isFinished;

    public SharedSynthesis(string name) => (this.name, first) = (name, last = new AudioSubscription.AudioChunk(default));

    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>Returns a subscription from the first chunk; null if that chunk was released or the synthesis was cancelled.</summary>
    public AudioSubscription? TrySubscribe()
    {
        lock (sync)
        {
            if (first is null || cancellation.IsCancellationRequested)
            {
                return null;
            }

            listeners++;

            return new AudioSubscription(first);
        }
    }

    /// <param name="isLate">Indicates whether another request started the synthesis.</param>
    public async Task<Result<AudioStream>> WaitForHeadAsync(AudioSubscription chunks, bool isLate, CancellationToken cancellationToken)
    {
        var isSubscribed = false;
        try
        {
            var result = await head.Task.WaitAsync(cancellationToken);
            if (result.Error is { } error)
            {
                return error;
            }

            isSubscribed = true;
            var isDisposed = 0;

            return new AudioStream(name, result.Value.ContentType, isLate || result.Value.IsCached, result.Value.Length, chunks, () =>
            {
                if (Interlocked.Exchange(ref isDisposed, 1) == 0)
                {
                    Unsubscribe();
                }
            });
        }
        finally
        {
            if (!isSubscribed)
            {
                Unsubscribe();
            }
        }
    }

    public void SetHead(string contentType, bool isCached, long? length) => head.TrySetResult(new AudioHead(contentType, isCached, length));

    public void Fail(Error error)
    {
        ReleaseFirstChunk();
        Finish();
        head.TrySetResult(error);
    }

    public void Add(ReadOnlyMemory<byte> chunk) => last = last.Add(chunk);

    /// <summary>
    /// Releases the first chunk if the audio is too long to hold, or if the synthesis failed. Later requests start a new synthesis.
    /// </summary>
    public void ReleaseFirstChunk()
    {
        lock (sync)
        {
            first = null;
        }
    }

    public void Complete()
    {
        Finish();
        last.End();
    }

    public void Abort(Exception cause)
    {
        ReleaseFirstChunk();
        Finish();
        last.Break(cause);
        if (head.TrySetException(cause))
        {
            _ = head.Task.Exception;
        }
    }

    private void Finish()
    {
        lock (sync)
        {
            isFinished = true;
        }
    }

    private void Unsubscribe()
    {
        lock (sync)
        {
            if (--listeners > 0 || isFinished)
            {
                return;
            }
        }

        // Outside the lock, because a callback of the token may call this object.
        cancellation.Cancel();
    }

    private sealed record AudioHead(string ContentType, bool IsCached, long? Length);
}
