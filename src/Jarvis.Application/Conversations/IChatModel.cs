using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>
/// A language model that answers in a conversation. What it says is text written by a stranger: never trusted, never run.
/// </summary>
public interface IChatModel
{
    ChatModelDescription Description { get; }

    /// <summary>
    /// Streams one answer: any number of <see cref="ModelEvent.Text"/>, then exactly one <see cref="ModelEvent.Finished"/> or
    /// <see cref="ModelEvent.Failed"/>. It throws for cancellation only; connecting, the first token and each next one have
    /// time limits of their own, and nothing is retried once text was given. Not idempotent: each call costs tokens.
    /// </summary>
    IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <param name="Id">What a person chooses and what is stored: unique among all providers.</param>
/// <param name="Provider"><c>openai</c>, <c>azure-openai</c>, <c>local</c> or <c>offline</c>.</param>
/// <param name="Available">Whether it answered when last looked at, which is seconds ago at most.</param>
/// <param name="Local">Whether what is said stays on machines of the person who hosts Jarvis.</param>
public sealed record ChatModelDescription(string Id, string Provider, bool Available, bool Local);

public enum ModelRole
{
    System,
    User,
    Assistant,
}

public sealed record ModelMessage(ModelRole Role, string Text);

/// <param name="Messages">In order; the last is the prompt.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="MaxTokens">The longest answer, in tokens.</param>
/// <param name="Memories">
/// What the system message already tells in words, once more as data, for a model that is no language model.
/// </param>
/// <param name="MemoryUsage">Whether memory was looked into, so that such a model does not say that it found nothing where it did not look.</param>
public sealed record ModelRequest(
    IReadOnlyList<ModelMessage> Messages,
    float Temperature,
    int MaxTokens,
    IReadOnlyList<CitedMemory> Memories,
    MemoryUsage MemoryUsage = MemoryUsage.Used);

public abstract record ModelEvent
{
    private ModelEvent()
    {
    }

    /// <summary>The next piece of the answer.</summary>
    public sealed record Text(string Piece) : ModelEvent;

    /// <summary>The answer is whole.</summary>
    /// <param name="UsedTokens">Prompt and answer together as the provider counted them; null where it did not say.</param>
    public sealed record Finished(int? UsedTokens) : ModelEvent;

    /// <summary>There is no whole answer; the error says why, for a person.</summary>
    public sealed record Failed(Error Error) : ModelEvent;
}
