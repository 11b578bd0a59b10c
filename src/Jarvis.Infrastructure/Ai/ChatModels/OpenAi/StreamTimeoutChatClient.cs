using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Ends a stream with <see cref="ModelTimeoutException"/> if the model sends nothing for too long. Every update resets the timeout,
/// including reasoning that isn't shown. The time that the reader takes doesn't count.
/// </summary>
internal sealed class StreamTimeoutChatClient(IChatClient inner, TimeSpan firstToken, TimeSpan nextToken, TimeProvider clock)
    : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await using var updates = base.GetStreamingResponseAsync(messages, options, linked.Token).GetAsyncEnumerator(linked.Token);
        var limit = firstToken;
        while (await MoveNextAsync(updates, timeout, limit, cancellationToken))
        {
            limit = updates.Current.Text.Length > 0 ? nextToken : limit;
            yield return updates.Current;
        }
    }

    private static async Task<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        CancellationTokenSource timeout,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        timeout.CancelAfter(limit);
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelTimeoutException(limit);
        }
        finally
        {
            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
