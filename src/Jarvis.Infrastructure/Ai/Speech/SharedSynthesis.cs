using System.Diagnostics.CodeAnalysis;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>A sound on its way to everybody who asked for it. It ends early only when all of them have gone.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and whoever goes last may cancel it when all is over.")]
internal sealed class SharedSynthesis
{
    private readonly string name;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly TaskCompletionSource<Result<AudioHead>> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AudioSubscription.AudioChunk? first;
    private AudioSubscription.AudioChunk last;
    private int listeners;
    private bool isOver;

    public SharedSynthesis(string name) => (this.name, first) = (name, last = new AudioSubscription.AudioChunk(default));

    public CancellationToken Cancelled => abandoned.Token;

    /// <summary>A place from the beginning; null where the beginning is no longer held, or everybody has gone.</summary>
    public AudioSubscription? TrySubscribe()
    {
        lock (gate)
        {
            if (first is null || abandoned.IsCancellationRequested)
            {
                return null;
            }

            listeners++;

            return new AudioSubscription(first);
        }
    }

    /// <param name="isLate">Whether somebody else's request had begun it.</param>
    public async Task<Result<AudioStream>> WaitForHeadAsync(AudioSubscription pieces, bool isLate, CancellationToken cancellationToken)
    {
        var stays = false;
        try
        {
            var head = await begun.Task.WaitAsync(cancellationToken);
            if (head.Error is { } error)
            {
                return error;
            }

            stays = true;
            var left = 0;

            return new AudioStream(name, head.Value.ContentType, isLate || head.Value.IsCached, head.Value.Length, pieces, () =>
            {
                if (Interlocked.Exchange(ref left, 1) == 0)
                {
                    Unsubscribe();
                }
            });
        }
        finally
        {
            if (!stays)
            {
                Unsubscribe();
            }
        }
    }

    public void SetHead(string contentType, bool isCached, long? length) => begun.TrySetResult(new AudioHead(contentType, isCached, length));

    public void Fail(Error error)
    {
        ReleaseFirstChunk();
        Finish();
        begun.TrySetResult(error);
    }

    public void Add(ReadOnlyMemory<byte> piece) => last = last.Add(piece);

    /// <summary>It has become too long to be held for who comes later, or has failed: they begin anew.</summary>
    public void ReleaseFirstChunk()
    {
        lock (gate)
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
        if (begun.TrySetException(cause))
        {
            _ = begun.Task.Exception;
        }
    }

    private void Finish()
    {
        lock (gate)
        {
            isOver = true;
        }
    }

    private void Unsubscribe()
    {
        lock (gate)
        {
            if (--listeners > 0 || isOver)
            {
                return;
            }
        }

        // Outside the lock: whoever listens to the token may come back here.
        abandoned.Cancel();
    }

    private sealed record AudioHead(string ContentType, bool IsCached, long? Length);
}
