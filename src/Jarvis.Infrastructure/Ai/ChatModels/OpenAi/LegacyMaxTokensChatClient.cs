using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Limits an answer by <c>max_tokens</c>. OpenAI renamed the parameter to <c>max_completion_tokens</c>, which Ollama and other
/// compatible servers silently ignore; the answer would then have no limit.
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

        var legacy = options.Clone();
        legacy.MaxOutputTokens = null;
        legacy.RawRepresentationFactory = _ =>
        {
            var request = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The library's only way to send an unknown member; a test verifies that it arrives.
            request.Patch.Set("$.max_tokens"u8, maximum);
#pragma warning restore SCME0001

            return request;
        };

        return legacy;
    }
}
