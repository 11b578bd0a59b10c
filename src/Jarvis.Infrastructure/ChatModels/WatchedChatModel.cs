using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;

namespace Jarvis.Infrastructure.ChatModels;

/// <summary>Has the providers looked at again as soon as one of their models fails.</summary>
internal sealed class WatchedChatModel(IChatModel inner, Action failed) : IChatModel
{
    public ChatModelDescription Description => inner.Description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in inner.StreamAsync(request, cancellationToken))
        {
            if (step is ModelEvent.Failed)
            {
                failed();
            }

            yield return step;
        }
    }
}
