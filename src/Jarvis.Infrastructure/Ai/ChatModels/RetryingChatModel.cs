using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Asks again, after a moment, where nothing of the answer had come and the failure may pass.</summary>
internal sealed class RetryingChatModel(IChatModel inner, int retries, TimeProvider clock) : IChatModel
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    public ChatModelDescription Description => inner.Description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var begun = false;
            Error? passing = null;
            await foreach (var step in inner.StreamAsync(request, cancellationToken))
            {
                if (step is ModelEvent.Failed failed && !begun && attempt < retries && ModelErrors.IsTransient(failed.Error))
                {
                    passing = failed.Error;
                    break;
                }

                begun = true;
                yield return step;
            }

            if (passing is null)
            {
                yield break;
            }

            await Task.Delay(passing.RetryAfter ?? DelayAfter(attempt), clock, cancellationToken);
        }
    }

#pragma warning disable CA5394 // Spreads callers apart; nothing is guarded by it.
    private static TimeSpan DelayAfter(int attempt) => FirstDelay * Math.Pow(2, attempt) * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
}
