using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;

namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Keeps memory extraction off the local model while an answer is being written.</summary>
internal sealed class PrioritizedChatModel(IChatModel inner, ILocalModelScheduler gate) : IChatModel
{
    public ChatModelDescription Description => inner.Description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var _ = gate.EnterChat();
        await foreach (var step in inner.StreamAsync(request, cancellationToken))
        {
            yield return step;
        }
    }
}
