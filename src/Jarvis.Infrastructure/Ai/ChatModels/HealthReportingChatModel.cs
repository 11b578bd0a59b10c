using System.Runtime.CompilerServices;
using Jarvis.Application.Administration;
using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Has the providers looked at again as soon as a model fails, or answers while it counts as away.</summary>
/// <param name="saw">Is told how each answer went.</param>
internal sealed class HealthReportingChatModel(IChatModel inner, Action requestProbe, Action<ServiceFault?> saw) : IChatModel
{
    public ChatModelDescription Description => inner.Description;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in inner.StreamAsync(request, cancellationToken))
        {
            if (step is ModelEvent.Failed || (step is ModelEvent.Finished && !Description.Available))
            {
                requestProbe();
            }

            if (step is ModelEvent.Failed or ModelEvent.Finished)
            {
                saw(step is ModelEvent.Failed { Error: var error } ? ModelErrors.ToServiceFault(error) : null);
            }

            yield return step;
        }
    }
}
