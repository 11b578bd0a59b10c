using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>
/// Some models take no temperature but their own, and refuse the request (400, <c>param: temperature</c>). It is then sent
/// without one, as are all later ones to that model.
/// </summary>
internal sealed class TemperatureFallbackChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    private volatile bool refused;

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wanted = messages.ToList();
        var updates = Ask();
        try
        {
            bool more;
            try
            {
                more = await updates.MoveNextAsync();
            }
            catch (ClientResultException refusal) when (options?.Temperature is not null && !refused && IsAboutTemperature(refusal))
            {
                refused = true;
                await updates.DisposeAsync();
                updates = Ask();
                more = await updates.MoveNextAsync();
            }

            for (; more; more = await updates.MoveNextAsync())
            {
                yield return updates.Current;
            }
        }
        finally
        {
            await updates.DisposeAsync();
        }

        IAsyncEnumerator<ChatResponseUpdate> Ask() =>
            base.GetStreamingResponseAsync(wanted, refused ? WithoutTemperature(options) : options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
    }

    private static bool IsAboutTemperature(ClientResultException refusal) =>
        refusal.Status == 400 && ModelErrorMapper.Detail(refusal, "param") == "temperature";

    private static ChatOptions? WithoutTemperature(ChatOptions? options)
    {
        var plain = options?.Clone();
        plain?.Temperature = null;

        return plain;
    }
}
