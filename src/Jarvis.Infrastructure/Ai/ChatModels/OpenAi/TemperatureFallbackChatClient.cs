using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Repeats a request without a temperature if the model rejects it (400, <c>param: temperature</c>), because some models accept only
/// their own. Later requests to that model carry no temperature.
/// </summary>
internal sealed class TemperatureFallbackChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    private volatile bool isRejected;

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages.ToList();
        var updates = Start();
        try
        {
            bool hasNext;
            try
            {
                hasNext = await updates.MoveNextAsync();
            }
            catch (ClientResultException exception) when (options?.Temperature is not null && !isRejected && IsTemperatureError(exception))
            {
                isRejected = true;
                await updates.DisposeAsync();
                updates = Start();
                hasNext = await updates.MoveNextAsync();
            }

            for (; hasNext; hasNext = await updates.MoveNextAsync())
            {
                yield return updates.Current;
            }
        }
        finally
        {
            await updates.DisposeAsync();
        }

        IAsyncEnumerator<ChatResponseUpdate> Start() =>
            base.GetStreamingResponseAsync(conversation, isRejected ? WithoutTemperature(options) : options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
    }

    private static bool IsTemperatureError(ClientResultException exception) =>
        exception.Status == 400 && ModelErrorMapper.ReadDetail(exception, "param") == "temperature";

    private static ChatOptions? WithoutTemperature(ChatOptions? options)
    {
        var copy = options?.Clone();
        copy?.Temperature = null;

        return copy;
    }
}
