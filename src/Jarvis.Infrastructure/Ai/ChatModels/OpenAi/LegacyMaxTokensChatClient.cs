using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Bounds an answer by <c>max_tokens</c>. OpenAI itself renamed it to <c>max_completion_tokens</c>, which Ollama and other
/// servers of its API pass over in silence: the answer then has no bound.
/// </summary>
internal sealed class LegacyMaxTokensChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages, ToLegacy(options), cancellationToken))
        {
            yield return update;
        }
    }

    private static ChatOptions? ToLegacy(ChatOptions? options)
    {
        if (options?.MaxOutputTokens is not { } maximum)
        {
            return options;
        }

        var older = options.Clone();
        older.MaxOutputTokens = null;
        older.RawRepresentationFactory = _ =>
        {
            var request = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The library's one way to send a member that it does not know; a test sees that it arrives.
            request.Patch.Set("$.max_tokens"u8, maximum);
#pragma warning restore SCME0001

            return request;
        };

        return older;
    }
}
