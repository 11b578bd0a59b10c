using System.Diagnostics.CodeAnalysis;
using Jarvis.Application.Speech;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Speech;

/// <summary>A sound on its way to everybody who asked for it. It ends early only when all of them have gone.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and whoever goes last may cancel it when all is over.")]
internal sealed class SpeechFlight
{
    private readonly string name;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly TaskCompletionSource<Result<Head>> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SpeechPieces.Piece? first;
    private SpeechPieces.Piece last;
    private int listeners;
    private bool isOver;

    public SpeechFlight(string name) => (this.name, first) = (name, last = new SpeechPieces.Piece(default));

    public CancellationToken Abandoned => abandoned.Token;

    /// <summary>A place from the beginning; null where the beginning is no longer held, or everybody has gone.</summary>
    public SpeechPieces? TryBoard()
    {
        lock (gate)
        {
            if (first is null || abandoned.IsCancellationRequested)
            {
                return null;
            }

            listeners++;

            return new SpeechPieces(first);
        }
    }

    /// <param name="isLate">Whether somebody else's request had begun it.</param>
    public async Task<Result<SpokenAudio>> ListenAsync(SpeechPieces pieces, bool isLate, CancellationToken cancellationToken)
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

            return new SpokenAudio(name, head.Value.ContentType, isLate || head.Value.IsCached, head.Value.Length, pieces, () =>
            {
                if (Interlocked.Exchange(ref left, 1) == 0)
                {
                    Leave();
                }
            });
        }
        finally
        {
            if (!stays)
            {
                Leave();
            }
        }
    }

    public void Begin(string contentType, bool isCached, long? length) => begun.TrySetResult(new Head(contentType, isCached, length));

    public void Refuse(Error error)
    {
        ForgetBeginning();
        Over();
        begun.TrySetResult(error);
    }

    public void Add(ReadOnlyMemory<byte> piece) => last = last.Add(piece);

    /// <summary>It has become too long to be held for who comes later, or has failed: they begin anew.</summary>
    public void ForgetBeginning()
    {
        lock (gate)
        {
            first = null;
        }
    }

    public void End()
    {
        Over();
        last.End();
    }

    public void Break(Exception cause)
    {
        ForgetBeginning();
        Over();
        last.Break(cause);
        if (begun.TrySetException(cause))
        {
            _ = begun.Task.Exception;
        }
    }

    private void Over()
    {
        lock (gate)
        {
            isOver = true;
        }
    }

    private void Leave()
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

    private sealed record Head(string ContentType, bool IsCached, long? Length);
}
