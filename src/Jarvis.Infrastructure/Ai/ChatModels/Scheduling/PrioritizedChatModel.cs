using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;

namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Keeps memory extraction off the local model while an answer is generated.</summary>
internal sealed class PrioritizedChatModel(IChatModel inner, ILocalModelScheduler scheduler) : IChatModel
{
    public ChatModelDescription Description => inner.Description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var _ = scheduler.EnterChat();
        await foreach (var step in inner.StreamAsync(request, cancellationToken))
        {
            yield return step;
        }
    }
}
