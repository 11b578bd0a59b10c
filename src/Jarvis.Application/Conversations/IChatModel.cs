using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Conversations;

/// <summary>A language model that answers in a conversation. Its output is untrusted text and is never executed.</summary>
public interface IChatModel
{
    ChatModelDescription Description { get; }

    /// <summary>
    /// Streams one answer: any number of <see cref="ModelEvent.Text"/>, then exactly one <see cref="ModelEvent.Finished"/> or <see
    /// cref="ModelEvent.Failed"/>. Throws only for cancellation. Connecting, the first token and each next token have their own
    /// timeouts. Does not retry after the first text. Not idempotent: each call costs tokens.
    /// </summary>
    IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <param name="Id">Id that a person chooses and Jarvis stores; unique among all providers.</param>
/// <param name="Provider"><c>openai</c>, <c>azure-openai</c>, <c>local</c> or <c>offline</c>.</param>
/// <param name="Available">The model responded to the last check, a few seconds ago at most.</param>
/// <param name="Local">The data stays on the administrator's machines.</param>
public sealed record ChatModelDescription(string Id, string Provider, bool Available, bool Local);

public enum ModelRole
{
    System,
    User,
    Assistant,
}

public sealed record ModelMessage(ModelRole Role, string Text);

/// <param name="Messages">Messages in order; the last one is the prompt.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="MaxTokens">Maximum length of the answer, in tokens.</param>
/// <param name="Memories">Memories of the system message as data, for the built-in responder.</param>
/// <param name="MemoryUsage">Indicates whether memory was searched, so that the built-in responder does not report an empty search that did not happen.</param>
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

    /// <summary>Next chunk of the answer.</summary>
    public sealed record Text(string Delta) : ModelEvent;

    /// <summary>The answer is complete.</summary>
    /// <param name="UsedTokens">Tokens of prompt and answer as the provider counted them; null if it did not report them.</param>
    public sealed record Finished(int? UsedTokens) : ModelEvent;

    /// <summary>The answer is incomplete. The message of the error is suitable for the person.</summary>
    public sealed record Failed(Error Error) : ModelEvent;
}
