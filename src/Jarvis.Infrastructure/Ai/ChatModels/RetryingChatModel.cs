using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Retries a transient failure after a delay, but only if no part of the answer arrived.</summary>
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
            var hasOutput = false;
            Error? transient = null;
            await foreach (var step in inner.StreamAsync(request, cancellationToken))
            {
                if (step is ModelEvent.Failed failed && !hasOutput && attempt < retries && ModelErrors.IsTransient(failed.Error))
                {
                    transient = failed.Error;
                    break;
                }

                hasOutput = true;
                yield return step;
            }

            if (transient is null)
            {
                yield break;
            }

            await Task.Delay(transient.RetryAfter ?? DelayAfter(attempt), clock, cancellationToken);
        }
    }

#pragma warning disable CA5394 // Jitter between callers; it protects nothing secret.
    private static TimeSpan DelayAfter(int attempt) => FirstDelay * Math.Pow(2, attempt) * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
}
