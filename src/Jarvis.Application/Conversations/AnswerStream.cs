using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Buffers an answer while it is generated. The generation does not depend on readers and never waits for them: each reader
/// receives the text since its last read.
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

    /// <summary>Completes when the answer or its failure is stored. Never faulted or canceled.</summary>
    public Task<Result<GeneratedAnswer>> Completion => completion.Task;

    internal CancellationToken StopToken => stop.Token;

    /// <summary>Returns the whole text from its start, in chunks as they arrive. Ends after <see cref="Completion"/>.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var position = 0; ;)
        {
            var (delta, ended, signal) = ReadAfter(position);
            if (delta.Length > 0)
            {
                position += delta.Length;
                yield return delta;
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

    /// <summary>Stops the generation and keeps the text so far.</summary>
    public void Stop() => stop.Cancel();

    internal void Append(string delta)
    {
        lock (gate)
        {
            text.Append(delta);
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

    private (string Delta, bool Ended, Task Signal) ReadAfter(int position)
    {
        lock (gate)
        {
            var ended = completion.Task.IsCompleted;

            // A model can split a surrogate pair into two chunks; neither half can be sent alone.
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

/// <summary>A stored answer.</summary>
public sealed record GeneratedAnswer(string Response, string Model, int UsedTokens);
