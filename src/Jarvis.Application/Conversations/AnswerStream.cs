using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>
/// An answer on its way. It is written and stored whether or not anyone reads it, and never waits for a reader: each reader
/// takes what has come since it looked last.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source holds nothing to release, and Stop may come after the end.")]
public sealed class AnswerStream
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<Result<GeneratedAnswer>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AnswerStream(Turn turn, string model, IReadOnlyList<CitedMemory> memories)
    {
        TurnId = turn.Id;
        ConversationId = turn.ConversationId;
        MemoryUsage = turn.MemoryUsage;
        Model = model;
        Memories = memories;
    }

    public TurnId TurnId { get; }

    public ConversationId ConversationId { get; }

    public MemoryUsage MemoryUsage { get; }

    public string Model { get; }

    public IReadOnlyList<CitedMemory> Memories { get; }

    /// <summary>Ends when the answer is stored, or stored as failed; it is never faulted or cancelled.</summary>
    public Task<Result<GeneratedAnswer>> Completion => completion.Task;

    internal CancellationToken StopToken => stop.Token;

    /// <summary>All text from its start, in pieces as they come; ends when <see cref="Completion"/> has.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var position = 0; ;)
        {
            var (piece, ended, signal) = ReadAfter(position);
            if (piece.Length > 0)
            {
                position += piece.Length;
                yield return piece;
            }
            else if (ended)
            {
                yield break;
            }
            else
            {
                await signal.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Keeps what is there and asks for no more.</summary>
    public void Stop() => stop.Cancel();

    internal void Append(string piece)
    {
        lock (gate)
        {
            text.Append(piece);
            NotifyReaders();
        }
    }

    internal string Text()
    {
        lock (gate)
        {
            return text.ToString();
        }
    }

    internal void Finish(Result<GeneratedAnswer> result)
    {
        completion.TrySetResult(result);
        lock (gate)
        {
            NotifyReaders();
        }
    }

    private (string Piece, bool Ended, Task Signal) ReadAfter(int position)
    {
        lock (gate)
        {
            var ended = completion.Task.IsCompleted;

            // A model may give a character in two halves; neither can be sent alone.
            var whole = !ended && text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;

            return (text.ToString(position, whole - position), ended, more.Task);
        }
    }

    private void NotifyReaders()
    {
        var waiting = more;
        more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }
}

/// <summary>An answer that is stored.</summary>
public sealed record GeneratedAnswer(string Response, string Model, int UsedTokens);
