using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Ends a stream that says nothing for too long, with <see cref="ModelTimeoutException"/>. Anything that comes is a sign of
/// life, thoughts that are not shown included; the time a slow reader takes does not count.
/// </summary>
internal sealed class StreamTimeoutChatClient(IChatClient inner, TimeSpan firstToken, TimeSpan nextToken, TimeProvider clock)
    : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var updates = base.GetStreamingResponseAsync(messages, options, either.Token).GetAsyncEnumerator(either.Token);
        var allowed = firstToken;
        while (await NextAsync(updates, limit, allowed, cancellationToken))
        {
            allowed = updates.Current.Text.Length > 0 ? nextToken : allowed;
            yield return updates.Current;
        }
    }

    private static async Task<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        CancellationTokenSource limit,
        TimeSpan allowed,
        CancellationToken cancellationToken)
    {
        limit.CancelAfter(allowed);
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelTimeoutException(allowed);
        }
        finally
        {
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
