using System.Runtime.CompilerServices;
using Jarvis.Application.Administration;
using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Requests a probe of the providers if a model fails, or if it answers although it counts as unavailable.</summary>
/// <param name="record">Records the fault of each answer, or null for a success.</param>
internal sealed class HealthReportingChatModel(IChatModel inner, Action requestProbe, Action<ServiceFault?> record) : IChatModel
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
                record(step is ModelEvent.Failed { Error: var error } ? ModelErrors.ToServiceFault(error) : null);
            }

            yield return step;
        }
    }
}
